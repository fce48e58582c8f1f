"""A conversation made unreadable to whoever does not hold its secret.

The server keeps neither the secret nor a key: what it stores can be opened by the person's link alone.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.errors import SealBroken

# What the first byte says: how the rest was made.
_VERSION = b"\x01"
_NONCE_BYTES = 12
_KEY_BYTES = 32
_ROW_LABEL = b"vagvisare/conversation/row"
_KEY_LABEL = b"vagvisare/conversation/key"


def row_id(secret: str) -> str:
    """What a conversation is stored under: 64 hexadecimal digits that tell nothing about the secret."""
    return _derived(secret, _ROW_LABEL).hex()


def seal(secret: str, content: bytes) -> bytes:
    """Encrypt (AES-256-GCM); the result opens with the same secret only.

    Args:
        secret: At least 256 bits of chance, url-safe.
        content: Any bytes.
    """
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _cipher(secret).encrypt(nonce, content, _bound_to(secret))
    return _VERSION + nonce + sealed


def unseal(secret: str, sealed: bytes) -> bytes:
    """The content that was sealed.

    Raises:
        SealBroken: Sealed with another secret or by another version, cut off or tampered with.
    """
    nonce = sealed[1 : 1 + _NONCE_BYTES]
    if sealed[:1] != _VERSION or len(nonce) < _NONCE_BYTES:
        raise SealBroken
    try:
        return _cipher(secret).decrypt(nonce, sealed[1 + _NONCE_BYTES :], _bound_to(secret))
    except InvalidTag as exc:
        raise SealBroken from exc


def _cipher(secret: str) -> AESGCM:
    return AESGCM(_derived(secret, _KEY_LABEL))


def _bound_to(secret: str) -> bytes:
    """What the seal is good for: content moved to another row, or called another version, does not open."""
    return _VERSION + row_id(secret).encode()


def _derived(secret: str, label: bytes) -> bytes:
    # The secret is chance already, so HKDF needs no salt (RFC 5869, section 3.1).
    return HKDF(SHA256(), length=_KEY_BYTES, salt=None, info=label).derive(secret.encode())
