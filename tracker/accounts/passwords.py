"""Passwords: the rule for them, and hashing (slow on purpose: never in a write transaction)."""

from __future__ import annotations

from werkzeug.security import check_password_hash, generate_password_hash

from tracker.kernel.errors import RuleBroken
from tracker.kernel.words import Words

#: scrypt with N=2^16, r=8, p=2: an equivalent of the OWASP minimum, and no native wheel.
METHOD = "scrypt:65536:8:2"
SHORTEST, LONGEST = 8, 128
#: A hash of nothing anybody knows, checked when the name is unknown, so that both take as long.
_NOBODY = (
    "scrypt:65536:8:2$nobodyatall00000$"
    "5d1c1f6e0f0e4b1b9c2a7d3e8f60718293a4b5c6d7e8f901a2b3c4d5e6f70819"
    "2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70819"
)
_COMMON = frozenset(
    [
        "12345678",
        "123456789",
        "1234567890",
        "87654321",
        "11111111",
        "88888888",
        "66666666",
        "00000000",
        "password",
        "password1",
        "passw0rd",
        "qwertyui",
        "qwerty123",
        "abc12345",
        "abcd1234",
        "1qaz2wsx",
        "iloveyou",
    ]
)


def hash_password(password: str) -> str:
    """The hash to store. Takes about half a second."""
    return generate_password_hash(password, METHOD)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. An unknown account takes as long as a known one."""
    right = check_password_hash(stored or _NOBODY, password[:LONGEST])
    return right and stored is not None


def require_fit(password: str, user_name: str, field: str = "password") -> None:
    """Refuse a password that is too easily guessed.

    :raises RuleBroken: under 8 characters, over 128, among the commonest, of one repeated
        character, or containing the user name.
    """
    if len(password) < SHORTEST:
        raise RuleBroken(
            field, Words("密码至少 8 个字符", "Use at least 8 characters for the password")
        )
    if len(password) > LONGEST:
        raise RuleBroken(
            field, Words("密码请勿超过 128 个字符", "Keep the password under 128 characters")
        )
    low = password.lower()
    guessable = low in _COMMON or len(set(low)) < 3 or (user_name and user_name.lower() in low)
    if guessable:
        raise RuleBroken(
            field,
            Words(
                "这个密码太容易被猜到，请换一个，勿含用户名",
                "This password is too easy to guess; choose another without the user name",
            ),
        )
