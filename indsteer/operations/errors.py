"""Why an operation can be refused."""

from indsteer.errors import SteerError


class SignedPeriodError(SteerError):
    """A write in a period whose review is signed; facts: `unit`, `period`."""

    key = "signed_period"


class ReasonMissingError(SteerError):
    """This needs a reason that stays with it; facts: `what`."""

    key = "reason_missing"


class TextMissingError(SteerError):
    """A text that may not be empty; facts: `what`."""

    key = "text_missing"


class AgreedPlanError(SteerError):
    """A target of an agreed plan version was to change; facts: `version`, `year`."""

    key = "agreed_plan"


class UnknownVersionError(SteerError):
    """A plan version that is not there; facts: `version`, `year`."""

    key = "unknown_version"


class VersionExistsError(SteerError):
    """A plan version with this code is there already; facts: `version`, `year`."""

    key = "version_exists"


class ReviewNotOpenError(SteerError):
    """The review is signed; facts: `unit`, `period`."""

    key = "review_not_open"


class ReviewNotSignedError(SteerError):
    """Only a signed review can be reopened; facts: `unit`, `period`."""

    key = "review_not_signed"


class DeviationsOpenError(SteerError):
    """Deviations were neither explained nor consciously left; facts: `n`, `first`."""

    key = "deviations_open"


class GoneError(SteerError):
    """What was to change is not there any more; facts: `what`."""

    key = "gone"


class DoubleValueError(SteerError):
    """One cell got two values at once; facts: `unit`, `period`, `indicator`."""

    key = "double_value"


class NotANumberError(SteerError):
    """A value that is infinite, not a number, or of more than 15 digits; facts: `unit`, `period`, `indicator`."""

    key = "not_a_number"


class UnitExistsError(SteerError):
    """A unit with this code is there already; facts: `unit`."""

    key = "unit_exists"


class BadDateError(SteerError):
    """A text that is not a day; facts: `found`."""

    key = "bad_date"


class BelowMinimumError(SteerError):
    """A setting lower than what may be; facts: `minimum`."""

    key = "below_minimum"
