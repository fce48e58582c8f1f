"""From a person's own words to concepts: encoder, lexical and dense indexes, fusion, linker."""
