"""Words for relatives, as alternatives of a regular expression, in both languages."""

ELDERS_SV = (
    "mamma|mor|pappa|far|mormor|morfar|farmor|farfar|svärmor|svärfar|svärföräldrar|föräldrar|moster"
    "|faster|morbror|farbror|mor- och farföräldrar"
)
YOUNGER_SV = "lillebror|lillasyster|småsyskon|syskon|barnbarn|syskonbarn|brorson|brorsdotter|systerson"
KIN_SV = rf"{ELDERS_SV}|{YOUNGER_SV}|barn|son|dotter|bror|syster|man|fru|make|maka|kusin|släkting\w*|familj"
ELDERS_EN = (
    "mother|father|mom|mum|dad|parents|grandmother|grandfather|grandma|grandpa|grandparents"
    "|mother-in-law|father-in-law|aunt|uncle"
)
YOUNGER_EN = (
    "little brother|little sister|younger brother|younger sister|siblings|nephews?|nieces?|grandchildren"
)
KIN_EN = rf"{ELDERS_EN}|{YOUNGER_EN}|children|kids|son|daughter|brother|sister|husband|wife|cousin|family"
ADJECTIVES_SV = r"(?:sjuka?|gamla|gammal|egna|egen|fyra|tre|två|\d+) "
ADJECTIVES_EN = r"(?:sick|ill|old|own|four|three|two|\d+) "
