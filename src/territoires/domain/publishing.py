"""Who may publish: a local right, opened on purpose, for requests that come from this machine."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks to publish.

    ``is_terminal`` is a person at the command line, who holds the files anyway. For the web,
    ``is_open`` says whether publishing was switched on, ``headers`` are those of the request
    (names in any case) and ``address`` is that of the peer where it is known.
    """

    is_terminal: bool = False
    is_open: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None


TERMINAL = Caller(is_terminal=True)

#: A proxy on this machine makes everyone look local; these headers betray one.
_FORWARDING = re.compile(
    r"forwarded(-.+)?|x-forwarded(-.+)?|x-real-ip|x-(client|cluster-client|remote|source)-ip|"
    r"x-(remote-addr|original-.+|originating-.+|proxyuser-ip|envoy-.+|appengine-.+|azure-.+|"
    r"arr-.+|host|http-host-override)|via|(true|fastly)-client-ip|client-ip|cf-.+|cdn-loop|"
    r"fly-.+|proxy-.+|x-proxy-.+|wl-proxy-.+|x-amz-cf-id|x-amzn-trace-id|x-varnish|ngrok-.+"
)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[0-9A-Za-z.-]{1,253})(?::([0-9]{1,5}))?")
_MAX_PORT = 65_535
_CLOSED = (
    "Publier n’est pas ouvert sur ce serveur. Vous pouvez vérifier, comparer et prévisualiser ; "
    "pour publier, lancez-le sur votre machine avec « make run », ou utilisez « territoires "
    "publish »."
)
_NOT_LOCAL = (
    "On ne publie que depuis la machine du serveur, à l’adresse http://localhost. Ouvrez-la là, "
    "ou utilisez « territoires publish »."
)
_FORWARDED = (
    "Cette page passe par un serveur intermédiaire ({name}) : on ne sait pas d’où vient la "
    "demande, et rien n’est publié. Ouvrez http://localhost sans intermédiaire, ou utilisez "
    "« territoires publish »."
)


def find_refusal(caller: Caller) -> str:
    """Say why a caller may not publish, in French; nothing when they may."""
    if caller.is_terminal:
        return ""
    if not caller.is_open:
        return _CLOSED
    names = [name.strip() for name in caller.headers]
    proxies = [name for name in names if _FORWARDING.fullmatch(name.lower().replace("_", "-"))]
    if proxies:
        return _FORWARDED.format(name=proxies[0][:40])
    return "" if _is_local(caller) else _NOT_LOCAL


def is_loopback(authority: str) -> bool:
    """Tell whether a Host header names this machine: localhost, 127.0.0.0/8 or [::1], one port."""
    match = _AUTHORITY.fullmatch(authority)
    if not match or int(match[2] or 0) > _MAX_PORT:
        return False
    host = match[1].lower()
    if host.startswith("["):
        return _is_loopback_address(host[1:-1])
    return host == "localhost" or (":" not in host and _is_loopback_address(host))


def _is_local(caller: Caller) -> bool:
    hosts, origins = _values(caller.headers, "host"), _values(caller.headers, "origin")
    return (
        len(hosts) == 1
        and is_loopback(hosts[0])
        # A browser says where its page comes from; a server in between that rewrites Host leaves
        # Origin as it was. Both must name the same place, port included.
        and len(origins) == 1
        and _is_same_place(origins[0], hosts[0])
        and (caller.address is None or _is_loopback_address(caller.address))
    )


def _is_same_place(origin: str, host: str) -> bool:
    scheme, _, authority = origin.partition("://")
    return scheme.lower() in {"http", "https"} and authority.lower() == host.lower()


def _is_loopback_address(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _values(headers: Mapping[str, str], wanted: str) -> list[str]:
    return [value for name, value in headers.items() if name.strip().lower() == wanted]
