"""The one error tree, grouped by who can act.

::

    ShuhoError
    ├── UserError                 the user can act                      exit 64
    │   ├── TopicError            the topic file: place and remedy
    │   ├── SettingError          an environment variable or an option
    │   └── ModelRefused          key, model name or request refused for good
    ├── RetryError                the same call may go through later
    │   ├── RateLimited           with the server's own delay, when it gave one
    │   └── ServiceUnavailable    5xx, reset, time-out
    ├── AnswerError               the model must be asked again
    │   ├── AnswerTruncated       stopped at the output limit
    │   ├── AnswerBlocked         a safety filter, or no answer at all
    │   └── AnswerInvalid         not what the schema or the rules demand
    ├── StopError                 nobody can act now                    exit 75
    │   ├── QuotaReached          the provider's daily quota
    │   │   └── DayLimitReached   the topic's own limit for the day
    │   └── BudgetReached         a limit of the topic
    ├── SourceError               one source or one article is unusable: becomes a gap
    ├── WeekHeld                  another run holds this week           exit 4
    ├── NothingPublishable        too few articles came through         exit 2
    └── RenderError               a format could not be written
"""

from agent.secrecy import redacted


class ShuhoError(Exception):
    """Any failure that the program foresees; `exit_code` is what the command returns for it. It tells no secret."""

    exit_code = 1

    def __init__(self, message: str = "") -> None:
        super().__init__(redacted(message))


class UserError(ShuhoError):
    """The user can mend it: the message names the thing, the place and the remedy."""

    exit_code = 64


class TopicError(UserError):
    """The topic file is wrong at `line` (1-based, 0 when no line applies)."""

    def __init__(self, path: str, line: int, message: str) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")


class SettingError(UserError):
    """An environment variable or a command-line option has a value that cannot be used."""


class ModelRefused(UserError):
    """The provider refuses the key, the model's name or the form of the request: asking again cannot help."""


class RetryError(ShuhoError):
    """The same call may go through later; `delay` is the wait in seconds that the server asked for, if it did."""

    exit_code = 75

    def __init__(self, message: str, delay: float | None = None) -> None:
        self.delay = delay
        super().__init__(message)


class RateLimited(RetryError):
    """Too many requests or tokens a minute."""


class ServiceUnavailable(RetryError):
    """A server error, a broken connection or a time-out."""


class AnswerError(ShuhoError):
    """A model's answer cannot be used; the message tells the model what was wrong with it."""


class AnswerTruncated(AnswerError):
    """The answer stopped at the output limit."""


class AnswerBlocked(AnswerError):
    """A filter blocked the answer, or it was empty."""


class AnswerInvalid(AnswerError):
    """The answer does not fit the schema or the rules of content."""


class StopError(ShuhoError):
    """No further model call is allowed now; what is done is kept."""

    exit_code = 75


class QuotaReached(StopError):
    """The provider's quota for the day is used up."""


class DayLimitReached(QuotaReached):
    """The topic's own limit for the day is used up, by whichever run."""


class BudgetReached(StopError):
    """A limit of the topic (calls, tokens, money, time) would be crossed."""


class SourceError(ShuhoError):
    """A source, page or file cannot be used; `reason` is a `GapReason`."""

    def __init__(self, reason: str, subject: str, detail: str = "") -> None:
        self.reason = reason
        self.subject = redacted(subject)
        self.detail = redacted(detail)
        super().__init__(f"{subject}: {reason}" + (f" ({detail})" if detail else ""))


class WeekHeld(ShuhoError):
    """Another run holds this topic and week."""

    exit_code = 4


class NothingPublishable(ShuhoError):
    """Fewer articles came through than a report may be made of."""

    exit_code = 2


class RenderError(ShuhoError):
    """A format could not be written; the message names the format and the remedy."""

    exit_code = 3
