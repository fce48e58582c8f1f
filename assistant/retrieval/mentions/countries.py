"""Names of places that people say and the standard's list of countries lacks, with the country's code."""

COUNTRY_ALIASES = {
    "usa": "US", "england": "GB", "storbritannien": "GB", "uk": "GB", "great britain": "GB",
    "burma": "MM", "kongo": "CD", "congo": "CD", "ivory coast": "CI", "elfenbenskusten": "CI",
    "palestina": "PS", "palestine": "PS", "vitryssland": "BY",
    "turkey": "TR", "czech republic": "CZ", "tjeckoslovakien": "CZ", "holland": "NL",
    "korea": "KR", "macedonia": "MK", "makedonien": "MK", "bosnien": "BA", "bosnia": "BA", "syria": "SY",
}  # fmt: skip

# Whoever says "I drove a taxi in Baghdad" need not be asked for the country.
_CITIES = {
    "AF": "kabul herat kandahar mazar-i-sharif jalalabad",
    "BA": "sarajevo",
    "BD": "dhaka",
    "CD": "kinshasa goma lubumbashi",
    "CN": "shanghai beijing peking",
    "DZ": "alger algiers",
    "EG": "kairo cairo alexandria",
    "ER": "asmara keren massawa",
    "ET": "addis abeba,addis ababa,mekelle",
    "IN": "mumbai delhi bangalore chennai hyderabad kolkata",
    "IQ": "bagdad baghdad mosul basra erbil kirkuk najaf sulaymaniyah",
    "IR": "teheran tehran mashhad isfahan esfahan shiraz tabriz ahvaz",
    "KE": "nairobi mombasa",
    "LB": "beirut",
    "MA": "casablanca rabat marrakech",
    "NG": "lagos abuja",
    "PH": "manila cebu",
    "PK": "karachi lahore islamabad peshawar rawalpindi",
    "PS": "gaza ramallah",
    "RS": "belgrad belgrade",
    "RU": "moskva moscow",
    "SD": "khartoum",
    "SE": "stockholm göteborg malmö uppsala",
    "SO": "mogadishu hargeisa kismayo",
    "SY": "damaskus damascus aleppo homs hama latakia qamishli raqqa idlib",
    "TH": "bangkok",
    "TR": "istanbul ankara izmir diyarbakir antalya gaziantep",
    "UA": "kiev kyiv kharkiv lviv odesa odessa dnipro mariupol zaporizhzhia",
    "UG": "kampala",
    "VN": "hanoi saigon",
    "YE": "sanaa aden",
    "XK": "pristina prishtina",
}
CITY_COUNTRIES = {
    city: code
    for code, cities in _CITIES.items()
    for city in (cities.split(",") if "," in cities else cities.split())
}
