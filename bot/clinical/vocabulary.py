"""The closed sets of words that every room uses: findings, presence, regions, levels and dispositions."""

from enum import Enum


class Finding(str, Enum):
    """One of the seven observable findings the physiotherapist looks for."""

    PAIN = "pain"
    MUSCLE_SPASM = "muscle_spasm"
    TENDERNESS = "tenderness"
    SWELLING = "swelling"
    TEMPERATURE_CHANGE = "temperature_change"
    SWEATING_CHANGE = "sweating_change"
    ALTERED_SENSATION = "altered_sensation"


class Presence(str, Enum):
    """What is known of a finding; silence is UNKNOWN, never ABSENT."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class About(str, Enum):
    """Whom and when a mention is about; only PATIENT may be counted."""

    PATIENT = "patient"
    SOMEONE_ELSE = "someone_else"
    HYPOTHETICAL = "hypothetical"
    PAST = "past"


class Region(str, Enum):
    """A region of the body, or one of the four general places."""

    HEAD = "head"
    FACE_JAW = "face_jaw"
    NECK = "neck"
    SHOULDER = "shoulder"
    ARM = "arm"
    ELBOW = "elbow"
    WRIST_HAND = "wrist_hand"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    BACK_UNSPECIFIED = "back_unspecified"
    CHEST = "chest"
    ABDOMEN = "abdomen"
    PELVIS_GROIN = "pelvis_groin"
    HIP = "hip"
    BUTTOCK = "buttock"
    THIGH = "thigh"
    LEG_UNSPECIFIED = "leg_unspecified"
    KNEE = "knee"
    LOWER_LEG = "lower_leg"
    ANKLE_FOOT = "ankle_foot"
    SKIN_GENERAL = "skin_general"
    JOINTS_GENERAL = "joints_general"
    MUSCLES_GENERAL = "muscles_general"
    WHOLE_BODY = "whole_body"


PLACELESS = frozenset({Region.SKIN_GENERAL, Region.JOINTS_GENERAL, Region.MUSCLES_GENERAL})
"""Region ids that name a kind of tissue and not a place."""


SPINE = frozenset({Region.NECK, Region.UPPER_BACK, Region.LOWER_BACK, Region.BACK_UNSPECIFIED, Region.BUTTOCK})
"""Places where swelling may lie beside the spine."""


class Side(str, Enum):
    """Left, right or both sides of the body."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class FlagClass(str, Enum):
    """A class of red flags: one kind of thing that must not wait."""

    CAUDA_EQUINA = "cauda_equina"
    LIMB_WEAKNESS = "limb_weakness"
    CARDIAC_RESPIRATORY = "cardiac_respiratory"
    STROKE = "stroke"
    SEVERE_HEADACHE = "severe_headache"
    INFECTION = "infection"
    TRAUMA = "trauma"
    CANCER = "cancer"
    DVT = "dvt"
    LIMB_ISCHAEMIA = "limb_ischaemia"
    SELF_HARM = "self_harm"
    PREGNANCY = "pregnancy"
    ABDOMINAL_PELVIC = "abdominal_pelvic"
    CIRCULATION = "circulation"
    MUSCLE_BREAKDOWN = "muscle_breakdown"
    SHINGLES = "shingles"
    INFLAMMATORY_BACK = "inflammatory_back"
    CRPS = "crps"
    NEUROPATHY = "neuropathy"
    LUMP = "lump"
    UNSAFE_AT_HOME = "unsafe_at_home"


class Level(str, Enum):
    """How urgent a red flag is, most urgent first."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    SAME_DAY = "same_day"
    SEE_DOCTOR = "see_doctor"
    NONE = "none"

    @property
    def urgency(self) -> int:
        """Rank for ordering: 0 is the most urgent."""
        return tuple(Level).index(self)

    @property
    def is_today(self) -> bool:
        """Whether it cannot wait until tomorrow: emergency, crisis or same day."""
        return self in (Level.EMERGENCY, Level.CRISIS, Level.SAME_DAY)


class Onset(str, Enum):
    """Whether a red flag is new or worse, long-standing and checked, or not yet clear."""

    NEW = "new"
    OLD = "old"
    UNCLEAR = "unclear"


class Disposition(str, Enum):
    """What the patient is advised, most urgent first."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    SAME_DAY = "same_day"
    SEE_DOCTOR = "see_doctor"
    PHYSIO_EXAM = "physio_exam"
    INFORMATION = "information"

    @property
    def urgency(self) -> int:
        """Rank for ordering: 0 is the most urgent."""
        return tuple(Disposition).index(self)


class Imaging(str, Enum):
    """What the patient says of X-rays and scans."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    MENTIONED = "mentioned"
    BOOKED = "booked"
    NONE = "none"


class Answer(str, Enum):
    """A bare answer to the question that was asked."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


URGENT_LEVELS = (Level.EMERGENCY, Level.CRISIS)
NONE = "none"
UNSURE = "unsure"
MINOR = "minor"
"""The precaution of those below the region's age of majority."""
"""The two choice ids that every checklist adds to its own items."""
