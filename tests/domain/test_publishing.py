"""Who may publish: only a person at this machine, on a server where it was switched on."""

from __future__ import annotations

import pytest

from territoires.domain.publishing import TERMINAL, Caller, find_refusal, is_loopback

BROWSER = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


def local(address: str | None = None, **headers: str) -> Caller:
    return Caller(is_open=True, headers={**BROWSER, **headers}, address=address)


def named(name: str, value: str = "x") -> Caller:
    return Caller(is_open=True, headers={**BROWSER, name: value})


def test_a_person_at_the_terminal_may_publish() -> None:
    assert find_refusal(TERMINAL) == ""


def test_the_web_may_not_unless_it_was_switched_on() -> None:
    refusal = find_refusal(Caller(headers={"Host": "localhost:8501"}))
    assert "make run" in refusal
    assert "territoires publish" in refusal


def test_a_request_that_says_nothing_of_itself_is_refused() -> None:
    assert find_refusal(Caller(is_open=True)) != ""


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LOCALHOST:8501",
        "127.0.0.1",
        "127.0.0.1:8501",
        "127.8.9.10:1",
        "[::1]",
        "[::1]:8501",
        "[0:0:0:0:0:0:0:1]:8501",
        "[::ffff:127.0.0.1]:8501",
    ],
)
def test_a_host_that_is_this_machine_is_local(host: str) -> None:
    assert is_loopback(host)
    headers = {"host": host, "origin": f"http://{host}"}
    assert find_refusal(Caller(is_open=True, headers=headers)) == ""


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "localhost.evil.org",
        "127.0.0.1.evil.org",
        "evil.org",
        "evil.org:8501",
        "localhost.",
        "notlocalhost",
        "0.0.0.0",  # noqa: S104
        "0.0.0.0:8501",
        "127.1",
        "127.0.0.1.",
        "127.000.000.001",
        "0x7f.0.0.1",
        "2130706433",
        "128.0.0.1",
        "10.0.0.2:8501",
        "192.168.1.4",
        "::1",
        "[::]",
        "[::2]:8501",
        "[::1",
        "[::1]evil",
        "[::1%eth0]",
        "[::ffff:10.0.0.1]",
        "127.0.0.1:8501@evil",
        "evil@127.0.0.1:8501",
        "127.0.0.1:8501:8502",
        "127.0.0.1:",
        "127.0.0.1:999999",
        "localhost:8501, evil.org",
        "evil.org, localhost",
        "localhost localhost",
        "localhost/",
        "http://localhost:8501",
        "localhost\n",
        " localhost",
        "ｌocalhost",
        "localhost:８501",
        "١٢٧.0.0.1",
    ],
)
def test_a_host_that_may_be_elsewhere_is_refused(host: str) -> None:
    assert not is_loopback(host)
    assert "localhost" in find_refusal(Caller(is_open=True, headers={"Host": host}))


def test_two_hosts_are_refused_even_when_both_are_local() -> None:
    headers = {"Host": "localhost", "host": "localhost"}
    assert find_refusal(Caller(is_open=True, headers=headers)) != ""


@pytest.mark.parametrize(
    "name",
    [
        "Forwarded",
        "X-Forwarded-For",
        "x-forwarded-host",
        "X-FORWARDED-PROTO",
        "X-Forwarded",
        "X-Forwarded-Anything-New",
        "X_Forwarded_For",
        "X-Real-IP",
        "Via",
        "CF-Connecting-IP",
        "cf-ray",
        "CDN-Loop",
        "True-Client-IP",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "X-Original-Host",
        "X-Original-URL",
        "X-Original-Forwarded-For",
        "Fly-Client-IP",
        "Fastly-Client-IP",
        "Client-IP",
        "X-Envoy-External-Address",
        "X-Amzn-Trace-Id",
        " Via ",
    ],
)
def test_a_header_that_betrays_a_proxy_is_refused_and_named(name: str) -> None:
    assert name.strip() in find_refusal(named(name, "127.0.0.1"))


@pytest.mark.parametrize("name", ["Accept", "Cookie", "User-Agent", "Viable", "Sec-WebSocket-Key"])
def test_what_every_browser_sends_is_no_proxy(name: str) -> None:
    assert find_refusal(named(name)) == ""


@pytest.mark.parametrize("origin", ["http://localhost:8501", "https://LOCALHOST:8501"])
def test_a_page_of_this_server_may_publish(origin: str) -> None:
    assert find_refusal(local(Origin=origin)) == ""


def test_a_request_that_does_not_say_its_page_is_refused() -> None:
    assert find_refusal(Caller(is_open=True, headers={"Host": "localhost:8501"})) != ""


def test_a_server_in_between_that_rewrites_host_is_betrayed_by_the_page() -> None:
    assert find_refusal(local(Origin="https://territoires.example.fr")) != ""


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "localhost:8501",
        "http://localhost",
        "http://localhost:3000",
        "http://127.0.0.1:8501",
        "https://evil.org",
        "http://localhost.evil.org",
        "http://localhost@evil.org",
        "http://evil.org/http://localhost",
        "file://localhost",
        "http://localhost:8501, http://evil.org",
    ],
)
def test_a_page_of_another_site_may_not(origin: str) -> None:
    assert find_refusal(local(Origin=origin)) != ""


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.4.5.6", "::ffff:127.0.0.1", None])
def test_a_peer_of_this_machine_or_unknown_may_publish(address: str | None) -> None:
    assert find_refusal(local(address)) == ""


@pytest.mark.parametrize("address", ["", "10.0.0.2", "::ffff:10.0.0.2", "[::1]", "localhost", "x"])
def test_a_peer_from_elsewhere_may_not(address: str) -> None:
    assert find_refusal(local(address)) != ""


def test_a_hostile_header_is_quoted_short() -> None:
    assert len(find_refusal(named("X-Forwarded-" + "a" * 5_000))) < 400
