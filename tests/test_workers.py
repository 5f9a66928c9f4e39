"""Processes apart: what they may not reach, print or take, and what the server hears when one goes wrong."""

import logging
import socket
import threading
import time
from contextlib import suppress

import pyoxigraph as ox
import pytest

from queryapi.serving.answers import Task
from queryapi.serving.workers import (
    BadQuery,
    Checks,
    Limits,
    ProcessFailed,
    QueryTooBig,
    TooBusy,
    Workers,
    has_no_network,
    isolated,
    once,
    places,
)

NAME = "Nguyễn Thị Bí Mật"
LIMITS = Limits(seconds=30, wait=0.1)


def stumble(name):
    print(name)
    raise KeyError(name)


def run_out(name):
    raise MemoryError(name)


def wait(seconds):
    time.sleep(seconds)


def test_a_bug_prints_nothing_and_comes_back_as_its_places(capfd):
    """multiprocessing prints a traceback with the exception's message: `KeyError: 'Nguyễn …'` in a server's log."""
    with pytest.raises(ProcessFailed) as told:
        once(stumble, NAME, limits=LIMITS)
    assert told.value.places.startswith("KeyError: ")
    assert "test_workers.py" in told.value.places
    assert NAME not in str(told.value)
    assert capfd.readouterr() == ("", "")


def test_too_little_memory_is_told_apart_from_a_bug(capfd):
    with pytest.raises(QueryTooBig):
        once(run_out, NAME, limits=LIMITS)
    assert capfd.readouterr() == ("", "")


def test_places_hold_no_folders():
    code = compile("def fail():\n    raise KeyError\nfail()", r"C:\Users\Bí Mật\thidua\read.py", "exec")
    try:
        exec(code, {})
    except KeyError as error:
        assert places(error).endswith("read.py:3 <module> > read.py:2 fail")
        assert "Users" not in places(error)


def test_only_so_many_at_a_time():
    checks = Checks(LIMITS, 1)
    with checks.slot(), pytest.raises(TooBusy), checks.slot():
        pass
    with checks.slot() as apart:
        assert apart(abs, -1) == 1


def test_the_network_is_looked_for_not_believed_away():
    assert not has_no_network()
    assert isolated() == once(has_no_network, limits=LIMITS)


def test_a_query_that_calls_out_is_a_bad_one_and_no_dead_worker(tmp_path, capfd):
    """Were the guard to miss one: the worker lives on, and says why."""
    ox.Store(tmp_path / "db").flush()
    workers = Workers(LIMITS, 1)
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen():
            with suppress(OSError):
                calls.append(listening.accept()[0].close())

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            with pytest.raises(BadQuery):
                workers.ask(
                    tmp_path / "db",
                    Task(f"SELECT * {{ SERVICE <http://127.0.0.1:{listening.getsockname()[1]}/> {{ }} }}", "json"),
                )
            (worker,) = workers._all
            assert workers.ask(tmp_path / "db", Task("ASK {}", "json")).rows == 1
            assert workers._all == {worker}
        finally:
            workers.close()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
    assert not (isolated() and calls)
    assert capfd.readouterr() == ("", "")


def test_a_bug_is_logged_by_its_places(caplog):
    from queryapi.app import Service

    service = Service("queryapi")
    with caplog.at_level(logging.ERROR):
        try:
            once(stumble, NAME, limits=LIMITS)
        except ProcessFailed as error:
            service.log_exception((type(error), error, error.__traceback__))
    assert "KeyError" in caplog.text and "test_workers.py" in caplog.text and NAME not in caplog.text
