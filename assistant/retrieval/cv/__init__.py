"""Reads a CV: text to experiences, educations, languages, licences and skills."""
