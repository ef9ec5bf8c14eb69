"""The tests' own PostgreSQL is there when it is asked for, and gone afterwards."""

import socket

import psycopg
import pytest
from sqlalchemy import make_url

from scripts.postgres import can_run_cluster, temporary_cluster
from scripts.run_tests import database
from tests.store.databases import address_for_tests, own_database

pytestmark = pytest.mark.skipif(not can_run_cluster(), reason="needs root and PostgreSQL's programs")


def test_a_cluster_holds_one_empty_test_database_and_is_gone_afterwards():
    with temporary_cluster() as address:
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            row = connection.execute("select current_database(), count(*) from pg_stat_user_tables").fetchone()
        assert row == ("needlepoint_test", 0)
    assert not answers(address)


def test_tests_that_run_beside_each_other_have_databases_of_their_own():
    with temporary_cluster() as address:
        own = {own_database(address, worker) for worker in ("gw0", "gw1", "gw1")}
        assert {make_url(one).database for one in own} == {"needlepoint_gw0_test", "needlepoint_gw1_test"}
        for one in own:
            assert address_for_tests(one) == one
            psycopg.connect(one.replace("+psycopg", "")).close()


def test_a_cluster_is_gone_when_a_test_run_breaks_off():
    with pytest.raises(KeyboardInterrupt), temporary_cluster() as address:
        raise KeyboardInterrupt
    assert not answers(address)


def test_a_developer_s_own_database_is_not_replaced(monkeypatch):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql+psycopg://localhost/mine_test")
    with database() as settings:
        assert settings == {}


def test_outside_continuous_integration_no_cluster_is_started(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with database() as settings:
        assert settings == {}


def answers(address: str) -> bool:
    """Whether something listens at the address's port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", make_url(address).port or 0)) == 0
