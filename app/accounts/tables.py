"""Tables of accounts that are read by ordinary queries; those of tokens and tries are touched by plain SQL alone.

What they may hold is in the migration.
"""

from piccolo.columns import UUID, Bytea, Text, Timestamptz
from piccolo.table import Table


class Account(Table, tablename="account"):
    """A member. `name` is for signing in only; `name_key` is what makes it unique."""

    id = UUID(primary_key=True, default=None)
    name = Text()
    name_key = Text()
    password_hash = Text()
    adult_confirmed_at = Timestamptz(default=None)
    consent_version = Text()
    created_at = Timestamptz(default=None)


class Session(Table, tablename="session"):
    """A signed-in browser, or one that a new password has signed out: its phone still holds the member's data."""

    id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    token_hash = Bytea()
    known_hash = Bytea()
    label = Text()
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    signed_out_at = Timestamptz(null=True, default=None)
    held_until = Timestamptz(null=True, default=None)


class RecoveryCode(Table, tablename="recovery_code"):
    """One of an account's ten ways back in. Its key is (account_id, code_hash)."""

    account_id = UUID(primary_key=True, default=None)
    code_hash = Bytea()
    used_at = Timestamptz(null=True, default=None)
