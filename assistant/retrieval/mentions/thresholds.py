"""The scores from which words name work: all in one place, to be tuned when the linker's scale changes.

Scores are those of `Linker.occupations`, in [0, 1]: a title word for word has about 0.7, a description
of work in other words about 0.4, and noise such as "I am from Syria" stays under 0.2.
"""

# Told as work ("I worked as ..."): the words may be misspelt or unheard of, but work it is.
TOLD_AS_WORK = 0.27
# A message of one clause: below this the person is asked to tell more.
WHOLE_MESSAGE = 0.3
# With a verb of the person's own ("I drove ...").
WITH_VERB = 0.27
# With a verb that says nothing by itself ("I have ...", "jag är ...").
WITH_LIGHT_VERB = 0.47
# What the person does now may be for pleasure.
PRESENT = 0.46
# "I kept eighty hives for 25 years": who says how long tells of work, however unheard of.
VERB_AND_YEARS = 0.2
# A phrase without a verb that begins a sentence or line, or is told as a further thing ("then a cook").
WITHOUT_VERB = 0.38
# What follows a comma or "and" without a verb must name work clearly ("cook and cleaner"), or it belongs
# to what stands before it ("cleaned hotels and offices").
FRAGMENT = 0.57
# With years of its own a fragment is work of its own ("5 years taxi").
WITH_YEARS = 0.35
# Care in the family is told in words of its own; below this it is still worth asking about.
FAMILY_CARE = 0.15
# Below this, work near the one just told is told as a part of it ("built houses, poured concrete").
OF_ITS_OWN = 0.36
# A place that begins a sentence and stands for the work done there ("at a hotel").
PLACE = 0.50
# Groups that fit a clause nearly as well as the best one, as a share of its score.
CLOSE_TO_BEST = 0.7
# "It was a taxi" may name work, "it was good money" must not.
REMARK = 0.45
# From here the whole clause is clear enough, and its core need not be searched.
CLEAR = 0.5
# A fragment that is a title word for word names work, whatever stands before it.
TITLE = 0.42
TITLE_SHARE = 0.66
# What the other of two searches, of a clause and of its core, says of a group; a share of its score.
OTHER_SEARCH = 0.25
NEVER = 2.0
