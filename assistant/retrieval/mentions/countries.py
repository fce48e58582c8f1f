"""Names of places that people say and the standard's list of countries lacks, with the country's code."""

COUNTRY_ALIASES = {
    "usa": "US", "england": "GB", "storbritannien": "GB", "uk": "GB", "great britain": "GB",
    "burma": "MM", "kongo": "CD", "congo": "CD", "ivory coast": "CI", "elfenbenskusten": "CI",
    "palestina": "PS", "palestine": "PS", "vitryssland": "BY",
    "turkey": "TR", "czech republic": "CZ", "tjeckoslovakien": "CZ", "holland": "NL",
    "korea": "KR", "macedonia": "MK", "makedonien": "MK", "bosnien": "BA", "bosnia": "BA", "syria": "SY",
}  # fmt: skip

# Large cities and regions of the countries that people come from, and of Sweden, whose names are no words.
# Whoever says "I drove a taxi in Baghdad" need not be asked for the country.
_CITIES = {
    "AE": "dubai,abu dhabi,sharjah",
    "AF": "kabul,herat,kandahar,mazar-i-sharif,jalalabad",
    "AR": "buenos aires,rosario",
    "AT": "wien,vienna",
    "BA": "sarajevo",
    "BD": "dhaka",
    "BE": "bryssel,brussels,antwerpen,antwerp",
    "BR": "rio de janeiro,são paulo,brasilia,brasília",
    "CA": "toronto,montreal,vancouver,ottawa",
    "CD": "kinshasa,goma,lubumbashi",
    "CH": "zürich,zurich,geneve,geneva",
    "CL": "santiago de chile,valparaíso",
    "CM": "yaoundé,douala",
    "CN": "shanghai,beijing,peking,guangzhou,shenzhen,wuhan,chengdu",
    "CO": "bogotá,medellín,medellin",
    "CZ": "prag,prague",
    "DE": "berlin,hamburg,münchen,munich,köln,cologne,frankfurt,stuttgart,düsseldorf,leipzig",
    "DK": "köpenhamn,copenhagen,aarhus,århus,odense",
    "DZ": "alger,algiers",
    "EG": "kairo,cairo,alexandria,giza,port said",
    "ER": "asmara,keren,massawa",
    "ES": "barcelona,valencia,sevilla,seville,malaga,málaga",
    "ET": "addis abeba,addis ababa,mekelle,addis,gondar,dire dawa",
    "FI": "helsingfors,tampere,tammerfors,åbo,turku",
    "FR": "paris,lyon,marseille,toulouse,bordeaux",
    "GB": "london,manchester,birmingham,leeds,liverpool,glasgow,edinburgh,bristol",
    "GH": "kumasi",
    "GR": "aten,athens,thessaloniki",
    "HU": "budapest",
    "ID": "jakarta,surabaya,bandung",
    "IE": "dublin",
    "IL": "tel aviv,haifa",
    "IN": "mumbai,delhi,bangalore,chennai,hyderabad,kolkata,bombay,madras,calcutta,pune,ahmedabad,"
    "jaipur,lucknow,kerala,punjab",
    "IQ": "bagdad,baghdad,mosul,basra,erbil,kirkuk,najaf,sulaymaniyah,dohuk,duhok,karbala,kerbala",
    "IR": "teheran,tehran,mashhad,isfahan,esfahan,shiraz,tabriz,ahvaz,karaj,qom,kermanshah",
    "IT": "rome,milano,milan,neapel,naples,turin",
    "JO": "amman,irbid,zarqa",
    "JP": "tokyo,osaka,kyoto",
    "KE": "nairobi,mombasa,kisumu",
    "KR": "seoul,busan",
    "LB": "beirut,saida",
    "LK": "kandy,jaffna",
    "MA": "casablanca,rabat,marrakech,tangier,agadir",
    "MX": "guadalajara,puebla,mexico city",
    "MY": "kuala lumpur,penang",
    "NG": "lagos,abuja,kano,ibadan,kaduna",
    "NL": "amsterdam,rotterdam,haag,the hague",
    "NO": "oslo,bergen,trondheim,stavanger",
    "NP": "kathmandu,pokhara",
    "PE": "cusco,arequipa",
    "PH": "manila,cebu,davao,quezon city",
    "PK": "karachi,lahore,islamabad,peshawar,rawalpindi,faisalabad,multan,quetta",
    "PL": "warszawa,krakow,kraków,gdansk,gdańsk,wroclaw,poznan,lodz",
    "PS": "gaza,ramallah,västbanken,west bank,hebron,nablus",
    "PT": "lissabon,lisbon",
    "RO": "bukarest,bucharest,cluj,timisoara,iasi,constanta",
    "RS": "belgrad,belgrade,novi sad",
    "RU": "moskva,moscow,sankt petersburg,st petersburg,saint petersburg,kazan,grozny",
    "SA": "riyadh,jeddah,mecka,mecca,dammam",
    "SD": "khartoum,omdurman,darfur",
    "SE": "stockholm,göteborg,malmö,uppsala,gothenburg,västerås,örebro,linköping,helsingborg,"
    "jönköping,norrköping,lund,umeå,gävle,borås,södertälje,eskilstuna,halmstad,växjö,karlstad,"
    "sundsvall,östersund,trollhättan,luleå,kalmar,falun,karlskrona,kristianstad,skellefteå,"
    "uddevalla,varberg,nyköping,borlänge,motala,landskrona,trelleborg,örnsköldsvik,karlskoga,"
    "ängelholm,lidköping,sandviken,piteå,visby,kiruna,gällivare,haparanda,ystad,solna,nacka,"
    "huddinge,botkyrka,haninge,täby,järfälla,sollentuna,mölndal,kungsbacka,alingsås,"
    "hässleholm,västervik,oskarshamn,härnösand,skövde,katrineholm,enköping,norrtälje,vetlanda,"
    "gislaved,värnamo,ljungby,nässjö,skåne,småland,norrland,dalarna,värmland,gotland,jämtland,"
    "västerbotten,norrbotten,halland,blekinge,södertörn,rinkeby,rosengård",
    "SO": "mogadishu,hargeisa,kismayo,bosaso,garowe",
    "SY": "damaskus,damascus,aleppo,homs,hama,latakia,qamishli,raqqa,idlib,daraa,deir ez-zor,tartus,"
    "afrin,kobane",
    "TH": "bangkok,chiang mai,phuket",
    "TN": "tunis,sfax",
    "TR": "istanbul,ankara,izmir,diyarbakir,antalya,gaziantep,adana,bursa,konya,trabzon",
    "TZ": "dar es salaam,zanzibar,mwanza,arusha",
    "UA": "kiev,kyiv,kharkiv,lviv,odesa,odessa,dnipro,mariupol,zaporizhzhia,charkiv,zaporizjzja",
    "UG": "kampala,gulu,entebbe",
    "US": "new york,los angeles,chicago,houston,boston,miami,kalifornien,california,texas,florida",
    "VE": "caracas,maracaibo",
    "VN": "hanoi,saigon,ho chi minh,da nang,hai phong",
    "XK": "pristina,prishtina",
    "YE": "sanaa,aden",
    "ZA": "cape town,kapstaden,johannesburg,durban,pretoria",
}
CITY_COUNTRIES = {city: code for code, cities in _CITIES.items() for city in cities.split(",")}
