"""Words by which a message shows what it tells of: where clauses end, what was wished, denied, cared for."""

import re

from assistant.retrieval.mentions.kin import ELDERS_EN, ELDERS_SV, KIN_EN, KIN_SV, YOUNGER_EN, YOUNGER_SV

_I_EN = r"(?:i|we|ive|i've|i'm|im)"
WISHED = re.compile(
    r"\b(?:vill?(?! säga)|ville|velat|vilja|skulle|dröm\w*|hoppas|söker|sökte|sökt|letar efter|tänker"
    r"|tänkte|funderar|önskar"
    r"|gärna|helst|hellre|kan tänka mig|planerar|intresserad av|ska|måste|borde|kommer att|undrar"
    r"|plan to|want(?:s|ed)? to|wants?|would (?:like|love|be|prefer)|'d (?:like|love)|dream\w*"
    r"|hop(?:e|ing) to"
    r"|want(?:ed|ing)?|will be|i'll|open to|willing to|looking for|wish|interested in|going to|gonna|should"
    r"|thinking (?:of|about)|prefer|apply\w*|applied"
    r"|would (?:also |really |rather )?(?:do|work|take|go|try)|if i could|could (?:i|someone|somebody)|räknas"
    r"|kan jag bli|can i (?:be|become)|öppen för|beredd att|(?:kan|could|can) (?:också |även "
    r"|also )?tänka sig|målet är|my goal|sikta\w*)\b",
    re.IGNORECASE,
)
ABOUT_WISHING = re.compile(
    r"\b(?:jag|ångrar mig|vill|skulle vilja|helst|gärna|hellre|istället|i stället|i sverige"
    r"|bli|drömmer om att|i|changed? my mind|wants?|would like|like|instead|rather|in sweden|become|be|to"
    r"|can|could|what (?:do|would) i need|what is needed|how (?:do|can) i|what does"
    r"|vad behöver jag|vad krävs|hur (?:blir|kan) jag|kan jag|behöver jag|vad gör"
    r"|work(?:ing)? as|a|an|en|ett)\b",
    re.IGNORECASE,
)
# "Not any longer" and "not only" deny nothing.
_NOT = r"(?:inte|ej|icke|not|n't)(?! (?:längre|bara|alltid|any ?more|only|just|so|that|always))"
DENIED = re.compile(
    rf"^(?:inte|ej|not|no|inga|ingen|inget) (?!wait|vänta)\w|^(?:\S+\s+){{0,4}}(?:aldrig|never(?! again))\b"
    rf"|\b(?:ingen (?:\w+ )?(?:erfarenhet|anställning)|har ingen|no (?:\w+ )?experience|without experience"
    rf"|utan erfarenhet|inget (?:\w+ )?jobb|no job"
    rf"|(?:jobba\w*|arbeta\w*|jobbar|var|är|varit) {_NOT}|{_NOT} (?:jobba\w*|arbeta\w*|varit|var|haft|som"
    rf"|worked|been|a|an|as|work|had)|(?:have|has|had|did|do|does)(?: not|n't)"
    rf"|(?:har|hade|kan|får|fick) (?:jag |vi )?{_NOT}(?! (?:fått )?betal))\b",
    re.IGNORECASE,
)
_STUDY = (
    r"stud(?:y|ied|ying|ies|ents?|er\w*|ier)|doktorera\w*|läst|läste|läser|läsa|plugga\w*|utbild(?!ar\b"
    r"|are\b|arna)\w*"
    r"|educated|education"
    r"|degree|diploma|examen|exam|kurs|kurser|course|courses|certificate|certifikat|betyg|sfi|komvux"
    r"|kandidat\w*"
    r"|bachelor'?s?|master'?s?|graduat\w*|programmet|bootcamp|years (?:of|at) (?:university|college"
    r"|school)|behörighet|legitimation|gick|gått|går"
)
_LEISURE = (
    r"(?:tycker|tyckte) (?:\w+ )?om|gillar|gillade|älskar|på (?:min )?fritiden|in my (?:free"
    r"|spare) time|kul att|(?:just |only )?for (?:fun|pleasure|myself)|för (?:skojs|nöjes) skull"
    r"|för mig själv"
    rf"|{_I_EN} (?:\w+ )?(?:like|love|enjoy)|intressen?|hobb\w*|as a child|som barn"
)
_LIFE = (
    r"bor|bodde|lives?|living in|lived|är gift|married|heter|my (?:name|number|address|e-?mail)"
    r"|(?:mitt|min) (?:namn|nummer|adress|mejl)|kom(?:mer)? från"
    r"|comes? from|born"
    r"|född|växte upp|grew up|flytta\w*|moved|flydde|flytt|fled|left|lämnade|kom till|came to"
    r"|coming to|arrived"
    r"|talar|pratar|prata|speak|speaks|lär(?:a|de|t)? (?:jag )?mig|learn\w*|sjukskriv\w*|arbetslös|unemployed"
    r"|(?:har|hade|have|had|got) (?:\w+ )?(?:barn|kids|children|daughters?|sons?|flickor|pojkar"
    r"|döttrar|söner)"
    r"|körkort|truckkort|licen[cs]e|told me|undrar|wonder|tack|thanks?|thank you"
    r"|sjuk|sjukskriven|sick|ill|frisk|ont i|trött|tired|illa|skadade?|injured|hurt|reste|åkte"
    r"|travell?ed|went to"
    r"|av med jobbet|lost my job|without work|utan (?:jobb|arbete)|skriver till|ber om|tackade (?:nej"
    r"|ja)|träffade"
    r"|slutade|väntar|waiting|looked|seen|sett|support my|(?:jag var|i was) \w+ (?:år"
    r"|years)(?! (?:som|as|på|i|in|at)\b)"
    r"|vet|tror|tycker|känner|mår|know|think|thinking|thought|feel|believe|heard|hört|hoppade"
    r"|(?:bra|well|good) (?:betalt|paid)|no wait|nej vänta|svenska|swedish|first language|modersmål"
    r"|avgångs\w*|failed|lost|won|died|dog|förlorade|misslyckades|vann|saved|sparat|sparade|got paid"
    r"|fick betalt"
    r"|got (?:glasses|married|sick|old)|gifte|föddes|hände|happened|hated|loved|missed"
)
_NO_ROLE = r"\b(?:som|as an?|as) (?:person|student|refugee|flykting|barn|child|kid|elev|nyanländ|newcomer)"
TELLS_OF_NO_WORK = re.compile(rf"\b(?:{_STUDY}|{_LEISURE}|{_LIFE})\b|{_NO_ROLE}\b", re.IGNORECASE)
# What is said of studies and leisure goes on over "and"; what is said of where one lives does not.
GOES_ON = re.compile(rf"\b(?:{_STUDY}|{_LEISURE})\b", re.IGNORECASE)
GREETING = re.compile(
    r"^(?:kära|ärade|bästa|dear|hej|hejsan|hello|hi|hey|tja|tjena|salam|god dag|good (?:morning"
    r"|evening|day))\b",
    re.IGNORECASE,
)
# "It was good money" goes on about what was told; "it was as a cook" tells more.
REMARK = re.compile(
    r"^(?:och |and |men |but )?(?:(?:det|it|this|that)(?:'s| \w+)(?!.*\b(?:som|as|jag|i was|i am)\b)"
    r"|stayed|stannade|lasted)",
    re.IGNORECASE,
)
# What is certainly said of work, whatever else the clause has.
WORKED = re.compile(
    r"\b(?:jobba\w*|jobbat?|jobar\w*|arbeta\w*|arbetar|worked|working (?:as|in|at|for)|work as"
    r"|anställd|anställning"
    r"|employed|erfarenhet|experience|undervis\w*|taught|teaching|teacher|lärare|lärarinna"
    r"|lärt (?!mig)|lärde (?!mig|jag mig)|skött\w*|tog hand"
    r"|took care|passa\w*|vikari\w*|praktik\w*|volont\w*|volunteer\w*|drev|drivit|sålde|sålt|sold"
    r"|hjälp\w*|helped"
    r"|höll|hållit|gav|gave|led|ledde|startade|became|blev)\b",
    re.IGNORECASE,
)
QUESTION_START = re.compile(
    r"^\s*(?:så |so |and |och |men |but |hej,? |hi,? )?(?:how|what|which|where|who|why|can|could|do"
    r"|does|did|is"
    r"|are|will|would|should|hur|vad|va|vilk\w+|vem|varför|kan|får|finns|är|har|måste|behöver|går"
    r"|vill|ska|gör"
    r"|räknas|tjänar|vet|tror)\b",
    re.IGNORECASE,
)
# These ask without a question mark too.
ASKS = re.compile(
    r"^\s*(?:så |so |and |och |men |but )?(?:how (?!i\b)|what (?!i\b)|which |why |vad (?!jag)"
    r"|va (?!jag)|hur |vilk\w+"
    r"|varför |kan (?:jag|man|du|ni)|får (?:jag|man)|can (?:i|you|we|one)|could you|do (?:i|you)"
    r"|finns |is (?:it|there)"
    r"|are (?:there|you)|måste (?:jag|man)|behöver (?:jag|man)|är det|är du)",
    re.IGNORECASE,
)
_PEOPLE = (
    r"handläggare\w*|chef|vän|vänner|kompis\w*|granne\w*|kollega|kollegor|lärare|sambo|flickvän"
    r"|pojkvän|friends?|boss"
    r"|neighbo\w+|colleagues?|teacher|girlfriend|boyfriend|caseworker|ex|partner|dad|mum|mom|svåger"
    r"|svärfar|make"
)
_KNOWN_PEOPLE = (
    r"farsan|morsan|brorsan|syrran|dad|mum|mom|frun|mannen|läkaren|rektorn|chefen|kollegan|grannen"
    r"|handläggaren"
    r"|pappa|mamma|mormor|morfar|farmor|farfar|en bekant|a friend|a cousin|the boss|the doctor"
    r"|the job cent\w+"
)
# Where a clause begins with them, it is they who do what it tells.
OF_OTHERS = re.compile(
    r"^\s*(?:och |and |men |but |because |eftersom |så |so |also |också |(?:\w+ ){0,3}(?:när|when|while"
    r"|medan) )?"
    rf"(?:(?:min|mina|mitt|vår|våra|hans|hennes|my|our|his|her)\s+(?:\w+\s+)?(?:{KIN_SV}|{KIN_EN}|{_PEOPLE})"
    rf"(?:'s)?\s+(?!(?:with|när|when)\b)\w+|(?:{_KNOWN_PEOPLE})(?:'s)?\s+\w+"
    r"|(?:she|he|han|hon) \w+|who \w+|som (?:hette|heter|hade|har|var|är) (?!jag\b)|(?:they"
    r"|dom) \w+\b(?! (?:me|mig)\b)|(?:de) (?:is|are|was|were|have|had"
    r"|has|är|var|har|hade|say\w*"
    r"|s[aä]\w*|kr[aä]v\w*"
    r"|\w+ade|\w+ed)\b(?! (?:me|mig)\b))"
    rf"|^(?:\w+ ){{0,4}}(?:är|var|hade|har|drev|jobba\w*|was|is) (?:(?:min|mina|my) (?:{KIN_SV}|{KIN_EN}"
    rf"|{_PEOPLE})|{_KNOWN_PEOPLE})\b|^\s*(?:min|my) (?:{KIN_SV}|{KIN_EN})\s*$",
    re.IGNORECASE,
)
# Care for somebody of the family, which titles of occupations name only in part.
CARES = re.compile(
    r"\b(?:skött\w*|tog hand|tagit hand|tar hand|passa\w*|vakta\w*|vårda\w*|hjälp\w*|looked after"
    r"|took care|taken care|cared|helped|nursed|babysat)\b",
    re.IGNORECASE,
)
TOLD_AS_A_JOB = re.compile(
    r"\b(?:jobb\w*|arbet\w*|work\w*|som|as|var|varit|was|were|been|anställd\w*|employed)\b", re.IGNORECASE
)
NEXT = re.compile(
    r"[.!?;\n]|\b(?:sen|sedan|därefter|innan|också|även|then|after|before|also)\b", re.IGNORECASE
)
# Relatives that the titles do not name stand for those that they do.
PLAIN_KIN = (
    (re.compile(rf"\bmin (?:{ELDERS_SV})\b", re.IGNORECASE), "min mamma"),
    (re.compile(rf"\b(?:min|mina) (?:{YOUNGER_SV})\b", re.IGNORECASE), "barn"),
    (re.compile(rf"\bmy (?:{ELDERS_EN})\b", re.IGNORECASE), "my mother"),
    (re.compile(rf"\bmy (?:{YOUNGER_EN})\b", re.IGNORECASE), "children"),
)
_DID_SV = (
    r"har|hade|var|vart|varit|är|e|blev|körde?|kör|kört|sålde?|sålt|säljer|sydde?|sytt|syr|gjorde?"
    r"|gjort|byggt?|byggde|bygger"
    r"|skrev|skötte?|sköter|skött|lärde|höll|hjälp\w+|tog|tagit|tar|gav|bakt|drev|drivit|driver|födde"
    r"|fött|ledde|bar|burit"
    r"|satt|stod|lagar|städar|fixar|bakar|jobba\w*|arbeta\w*|fick|kan|startade?|borra\w*|måla\w*"
    r"|\w{2,}(?:ade|at)"
)
_DID_EN = (
    r"drove|sold|was|were|ran|taught|built|made|wrote|kept|did|grew|sewed|took|gave|led|been|became"
    r"|began|had|have|has"
    r"|drive|cook|clean|sell|sew|make|fix|build|repair|work|working|teach|can|cut|lay|got|used to|run"
    r"|\w{2,}ed"
)
# A verb by which the person tells what they did, at the beginning or after "I".
STARTS_WITH_VERB = re.compile(rf"^\s*(?:jag |vi |{_I_EN} )?(?:{_DID_SV}|{_DID_EN})\b", re.IGNORECASE)
OWN_VERB = re.compile(
    rf"^\s*(?:{_DID_SV}|{_DID_EN})\b|\b(?:jag|vi|själv)\b|\b(?:{_DID_SV}) (?:jag|vi)\b"
    r"|\bi'(?:m|ve|d)\b|\b(?:i|we|ive|im) (?:\w+ ){0,3}"
    rf"(?:am|{_DID_EN})\b",
    re.IGNORECASE,
)
# Verbs of being, having and being able say nothing of work by themselves: "I have papers", "jag är realist".
LIGHT_VERB = re.compile(
    r"^\s*(?:här |nu |ja |jag |vi |i |we |here |now )?(?:am|is|are|had|have|has|got|get|can|can't|har|hade"
    r"|är|e|kan"
    r"|fick|får|ser|see|hör|'m|'ve)\b"
    r"(?! (?:been|varit|(?:jag |också |även |also |bara |typ )*(?:\w+ed|\w+at|\w{2,}(?:it|dd|tt|kt|lt"
    r"|rt))\b))"
    r"|^\s*(?:i'm|i've|im|ive)\b(?! been| \w+ed)|^\s*(?:har|hade|är|e|kan|fick|får"
    r"|ser) jag\b(?! (?:\w+ )?\w+t\b)",
    re.IGNORECASE,
)
# What is told in the present is done for pleasure as often as for pay: "jag spelar i en orkester".
PRESENT = re.compile(
    r"^\s*(?:(?:ja|jag|vi) (?!jobb|arbet|driv|kör\b|sälj|undervis)\w{2,}(?:ar|er|år)\b(?! (?:som|på|i) )"
    r"|(?:i|we) (?!work|drive|teach|run|sell|am|was|did|had|got|led|sold|was)(?:\w+ly )?"
    r"(?:play|train|sing|write|read|go|like|love|enjoy|watch|collect)\b)",
    re.IGNORECASE,
)
# Who did it, by how such nouns end, in both languages: "orgelbyggare", "seamstress".
_AGENT = (
    r"\w{3,}(?:are|erska|ör|ist|log|graf|sköterska|biträde|assistent|tekniker|arbetare|ingenjör|konsult"
    r"|chef|ledare"
    r"|man|vakt|städ|hjälp|värd|bud|mästare|er|or|ian|ess|man|woman|maid|keeper|hand|clerk|guard|nurse)"
)
NAMES_A_ROLE = re.compile(
    rf"\b(?:varit|var|blev|bli|blivit|är|e|som|was|been|am|i'm|became|as)\b (?:en |ett |a |an |the "
    rf"|jag )?(?P<role>(?:\w+ )?{_AGENT})\b",
    re.IGNORECASE,
)
# "Before bootcamp I cut hair": what stands before the subject says when.
SAYS_WHEN_FIRST = re.compile(
    r"^\s*(?:before|after|during|under|efter|innan)\s+.*?(?=\b(?:i|we)\s+\w+|\b\w+\s+(?:jag|vi)\b)",
    re.IGNORECASE,
)
ENDS_AT_A_PLACE = re.compile(r"\b(?:på|i|hos|at|in|on|for|åt)\s+(?:\w+\s+)?\w+\s*$", re.IGNORECASE)
# What follows says the same again: "I am an auditor, that is, an economist".
SAID_AGAIN = re.compile(
    r"^\s*(?:alltså|dvs|d\.v\.s|det vill säga|that is|that means|i mean|i\.e)\b", re.IGNORECASE
)
# "And also a taxi": another thing, however short it is said.
SAID_AS_MORE = re.compile(
    r"^\W*(?:and |och )?(?:also|också|även|plus)\b|\b(?:also|också|även)\s*$", re.IGNORECASE
)
TOLD_AS = re.compile(r"\b(?:som|as)\b", re.IGNORECASE)
# "Worked in a shop": the place is all that names the work.
WORKED_AT = re.compile(r"\b(?:jobb\w*|arbeta\w*|work\w*)\s+(?:på|i|hos|in|on|at|for)\b", re.IGNORECASE)
# "At a bank", "mostly houses": where or what of, not work by itself.
SAYS_WHERE = re.compile(
    r"^\s*(?:också |även |also )?(?:(?:mest|främst|mainly|mostly|just|bara|only|ibland|sometimes"
    r"|däribland|bland annat"
    r"|including|both|både|hemma|at home|efter|after|when|när|då)\b|(?:på|i(?! (?:\w+ )?(?:was|am|do"
    r"|did|have|had|\w+ed))|in|at|hos|inom|within|för|åt|with|med|från|from|till|to|under|during|vid|by)\s)",
    re.IGNORECASE,
)
HERE = re.compile(r"\b(?:here|här)\b", re.IGNORECASE)
NOWADAYS = re.compile(r"\b(?:nu|now|idag|currently|just nu|numera|nowadays)\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:jag|vi|i|i'm|i've|we|im|ive)\b", re.IGNORECASE)
ROLE = re.compile(r"^\s*(?:som|as an?|as)\s", re.IGNORECASE)
# What leads up to the work and what follows it: "I have been working as a | cook | at a hotel".
BEFORE_WORK = re.compile(
    r"^\s*(?:(?:it|det|that|i|jag|vi|we|my|min|mitt|har|hade|have|had|i've|i'm|im|ive|been|was|am|are|is|var"
    r"|varit|är|e|the|a|an|en|ett"
    r"|job|jobb|also|också|även|mest|mostly|bara|only|just|jobba\w*|arbeta\w*|jobar\w*|worked|working"
    r"|work|som|as|did"
    r"|did some|sedan|sen|nu|now|idag|here|här|först|first|extra|began|started|började|fick|got|kan"
    r"|can|used to|be"
    r"|på|at|in|i|hos|på en|lite|some|där|so|så)\s+)+",
    re.IGNORECASE,
)
AFTER_WORK = re.compile(
    r"\s(?:på|i|in|at|hos|för|åt|for|with|med|under|från|from|till|to|near|nära|vid|by|on|där|where"
    r"|som|who|that|tills"
    r"|när|when|varje|every|there|then|also|också|genom|through|tillsammans|together|utan|without"
    r"|most\w*|mest|actually|faktiskt|egentligen)(?:\s|$)",
    re.IGNORECASE,
)
# What came then, or came on top: work of its own even where it is of the same kind.
FURTHER = re.compile(
    r"\b(?:sen|sedan|därefter|dessförinnan|innan|then|before|after|later|också|även|also|dessutom)\b",
    re.IGNORECASE,
)
# "When I was small": when, not what.
SAYS_WHEN = re.compile(r"^\s*(?:när|when|då|efter att|after i|innan|before)\b", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:innan|before|tills|until)\b", re.IGNORECASE)
