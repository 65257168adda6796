"""The words that the options of ``foedus brief`` take, so that reading a command line loads nothing more."""

from enum import StrEnum


class AudienceWord(StrEnum):
    """For whom a brief is written."""

    brief = "brief"
    journalist = "journalist"
    annex = "annex"


class YardstickWord(StrEnum):
    """Whose likelihood words are used."""

    icd203 = "icd203"
    phia = "phia"
