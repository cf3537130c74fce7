"""What every model can do: be compared, hashed, matched, copied, pickled, and shown."""

from __future__ import annotations

import copy
import datetime
import multiprocessing
import pickle
from typing import TYPE_CHECKING, Any

import izly
import pytest
from izly._native import _restore
from support.partner import CALLBACK, ORDER
from support.samples import models, secrets
from support.workers import mirror

if TYPE_CHECKING:
    from support.canned import Canned

MODELS = [
    "Beneficiary",
    "Callback",
    "CallbackError",
    "CallbackUser",
    "Customer",
    "Environment",
    "NewPayment",
    "Order",
    "PaidPayment",
    "Payment",
    "PendingPayment",
    "Refund",
    "RefundTarget",
    "Reply",
    "Scope",
    "Untrusted",
    "UserDetails",
    "Wire",
]
SECRETS = ["AccessToken", "ApiKey", "Client", "Login", "RefreshToken", "State", "Tokens"]
# The others come from Izly alone.
CONSTRUCTIBLE = {"NewPayment", "Order", "RefundTarget", "Environment", "Scope", "Wire"}


def properties(model: object) -> dict[str, Any]:
    """Everything a model says of itself."""
    cls = type(model)
    names = [name for name in dir(cls) if not name.startswith("_")]
    values = {name: getattr(model, name) for name in names}
    # Not methods, nor the constants of the class.
    return {name: value for name, value in values.items() if not callable(value) and not name.isupper()}


def test_every_class_is_looked_at(server: Canned) -> None:
    """A new class must come here too."""
    classes = {
        name
        for name in izly.__all__
        if isinstance(getattr(izly, name), type) and getattr(izly, name).__module__ == "izly"
    }
    plain = {name for name in classes if issubclass(getattr(izly, name), (izly.Error, str))} | {"AsyncClient"}
    assert sorted(classes - plain) == sorted(MODELS + SECRETS)
    assert sorted(models(server)) == MODELS
    assert sorted(secrets(server)) == SECRETS


@pytest.mark.parametrize("name", MODELS)
def test_models_are_values(name: str, server: Canned) -> None:
    """Equal when all of their fields are, and then of one hash; never equal to anything else."""
    one, other = models(server)[name], models(server)[name]
    assert one == other
    assert (one != other) is False
    assert hash(one) == hash(other)
    assert one != name
    assert all(one != model for model in models(server).values() if type(model) is not type(one))


@pytest.mark.parametrize("name", [*MODELS, *SECRETS])
def test_nothing_can_be_changed(name: str, server: Canned) -> None:
    """No field can be set or removed, and none added."""
    model = {**models(server), **secrets(server)}[name]
    for attribute in [*properties(model), "another"]:
        with pytest.raises((AttributeError, TypeError)):
            setattr(model, attribute, 1)
        with pytest.raises((AttributeError, TypeError)):
            delattr(model, attribute)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", MODELS)
def test_pickles_keep_everything(name: str, protocol: int, server: Canned) -> None:
    """Every property, of its own type."""
    model = models(server)[name]
    again = pickle.loads(pickle.dumps(model, protocol))
    assert type(again) is type(model)
    assert again == model
    assert properties(again) == properties(model)
    for key, value in properties(model).items():
        assert type(properties(again)[key]) is type(value), key


@pytest.mark.parametrize("name", MODELS)
def test_copies_are_the_thing_itself(name: str, server: Canned) -> None:
    """What cannot change need not be copied."""
    model = models(server)[name]
    assert copy.copy(model) is model
    assert copy.deepcopy(model) is model


def test_models_cross_processes(server: Canned) -> None:
    """To a worker that was started afresh, and back."""
    made = models(server)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(mirror, made.values()) == list(made.values())
        pool.close()
        pool.join()


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_not_pickled(name: str, server: Canned) -> None:
    """A pickle ends up in caches and queues; the error says what to do instead."""
    with pytest.raises(TypeError, match=r"pickle"):
        pickle.dumps(secrets(server)[name])


@pytest.mark.parametrize("name", set(SECRETS) - {"Login"})
def test_secrets_are_copied_as_themselves(name: str, server: Canned) -> None:
    """A dictionary of settings may be copied whole."""
    secret = secrets(server)[name]
    assert copy.copy(secret) is secret
    assert copy.deepcopy({"setting": secret})["setting"] is secret


@pytest.mark.parametrize("name", MODELS)
def test_models_match_by_position(name: str, server: Canned) -> None:
    """`__match_args__` are properties, and all differ."""
    model = models(server)[name]
    names: tuple[str, ...] = getattr(type(model), "__match_args__", ())
    assert names
    assert len(set(names)) == len(names)
    assert set(names) <= set(properties(model))


def test_matching_reads_well(server: Canned) -> None:
    """As programs write it."""
    match models(server)["PaidPayment"]:
        case izly.PaidPayment(operation_id, order_id, 150):
            assert (operation_id, order_id) == (52795, "order-42")
        case other:
            pytest.fail(f"{other!r} did not match")
    match ORDER:
        case izly.Order(id="order-42", amount_cents=cents):
            assert cents == 150
        case _:
            pytest.fail("the order did not match")


@pytest.mark.parametrize("name", MODELS)
def test_dictionaries_hold_every_field(name: str, server: Canned) -> None:
    """With `reveal`, everything; without, nothing that is not in the whole."""
    model: Any = models(server)[name]
    whole, shown = model.to_dict(reveal=True), model.to_dict()
    assert set(shown) <= set(whole)
    known = set(properties(model))
    assert set(whole) <= known, "a dictionary names what no property is"
    # What follows from other fields, or, like a reply's headers, is always the same.
    missing = known - set(whole) - {"amount", "date", "date_text", "headers"}
    if name == "PaidPayment":
        # A proof wraps a payment, and its dictionary holds that one.
        missing -= {"operation_id", "order_id", "amount_cents"}
    assert not missing, f"not in the dictionary: {missing}"


def test_reprs_say_what_helps() -> None:
    """A log line must do to find a payment, and must not do to find a student."""
    assert repr(ORDER) == "Order(id='order-42', amount_cents=150)"
    assert repr(izly.Callback.parse(CALLBACK)) == "Callback(operation_id=52795, order_id='order-42', ...)"
    assert repr(izly.Scope.USER_DETAILS) == "Scope(bits=1)"
    assert repr(izly.RefundTarget(1, "a")) == "RefundTarget(operation_id=1, order_id='a')"


@pytest.mark.parametrize("name", sorted(set(MODELS) - CONSTRUCTIBLE))
def test_what_izly_says_cannot_be_made_up(name: str) -> None:
    """No constructor, not even an empty one, and no way round it."""
    cls: Any = getattr(izly, name)
    for arguments in [(), (1,), (1, "order-42", 150)]:
        with pytest.raises(TypeError):
            cls(*arguments)
    with pytest.raises(TypeError):
        cls.__new__(cls)
    with pytest.raises(TypeError):
        object.__new__(cls)
    with pytest.raises(TypeError):
        type("Forged", (cls,), {})


def test_a_forged_pickle_of_a_proof_is_refused(server: Canned) -> None:
    """A proof comes out of a pickle only where one could have gone in."""
    paid = models(server)["PaidPayment"]
    forged = pickle.dumps(paid, 2).replace(b"Completed", b"Waiting\0\0")
    assert forged != pickle.dumps(paid, 2)
    with pytest.raises(TypeError, match="pickle"):
        pickle.loads(forged)
    states: list[tuple[object, ...]] = [(), (None,), (1,), ("a", "b")]
    for state in states:
        with pytest.raises(TypeError):
            _restore("PaidPayment", state)


def test_extra_cannot_be_changed(server: Canned) -> None:
    """It is a view."""
    payment: Any = models(server)["Payment"]
    assert dict(payment.extra) == {"Fee": "0.10"}
    with pytest.raises(TypeError):
        payment.extra["Fee"] = "0"


def test_dates_are_naive(server: Canned) -> None:
    """No zone is documented, so none is claimed; the text is beside them."""
    payment: Any = models(server)["Payment"]
    assert payment.date.isoformat() == "2021-12-09T18:53:34.500000"
    assert payment.date.tzinfo is None
    assert payment.date_text == "2021-12-09T18:53:34.5"
    unreadable = izly.Callback.parse('{"OperationSMoney":{"Id":1,"Date":"demain"}}').untrusted
    assert (unreadable.date, unreadable.date_text) == (None, "demain")


@pytest.mark.parametrize("text", ["2024-02-29T00:00:00.000001", "9999-12-31T23:59:59.999999", "0001-01-01T00:00:00"])
def test_dates_are_those_that_their_numbers_make(text: str) -> None:
    """To the last microsecond, at both ends of what a date can be."""
    date = izly.Callback.parse(f'{{"OperationSMoney":{{"Id":1,"Date":"{text}"}}}}').untrusted.date
    assert date == datetime.datetime.fromisoformat(text)
    assert (type(date), date.fold) == (datetime.datetime, 0)


@pytest.mark.parametrize("body", [CALLBACK, '{"OperationSMoney":{"Id":1,"Status":"Gel\u00e9","Fee":1},"Error":"non"}'])
def test_a_claim_out_of_a_pickle_is_the_claim(body: str) -> None:
    """The one is looked up in the callback, the other was kept field by field."""
    read = izly.Callback.parse(body)
    for again in (pickle.loads(pickle.dumps(read)), pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(read))))):
        assert (again, again.untrusted) == (read, read.untrusted)
        assert (hash(again), hash(again.untrusted)) == (hash(read), hash(read.untrusted))
        assert (repr(again), repr(again.untrusted)) == (repr(read), repr(read.untrusted))
        assert again.to_dict(reveal=True) == read.to_dict(reveal=True)
    other = izly.Callback.parse(body.replace('"Id":', '"Id":1', 1))
    assert other != read
    assert other.untrusted == read.untrusted


def test_what_is_within_a_claim_is_made_once() -> None:
    """However often it is asked for."""
    read = izly.Callback.parse(CALLBACK)
    for callback in (read, pickle.loads(pickle.dumps(read))):
        claim = callback.untrusted
        assert callback.untrusted is claim
        for name in ("error", "beneficiary", "user"):
            assert getattr(claim, name) is getattr(claim, name)


def test_bodies_in_every_form_a_framework_gives() -> None:
    """And nothing else."""
    forms: list[Any] = [CALLBACK, CALLBACK.encode(), bytearray(CALLBACK.encode()), memoryview(CALLBACK.encode())]
    for body in forms:
        assert izly.Callback.parse(body) == izly.parse_callback(body) == izly.Callback.parse(CALLBACK)
    wrongs: list[Any] = [None, {"OperationSMoney": {"Id": 1}}, 1, [b"{}"]]
    for wrong in wrongs:
        with pytest.raises(TypeError, match="body"):
            izly.Callback.parse(wrong)


def test_replies() -> None:
    """What to answer a callback with (protocol §4.3)."""
    reply = izly.Reply.accepted()
    assert (reply.status, reply.body) == (200, b'{"Code":0,"ErrorMessage":""}')
    assert reply.headers == {"Content-Type": "application/json; charset=utf-8"}
    reply = izly.Reply.rejected(12, 'pas "encore"')
    assert (reply.status, reply.body) == (500, b'{"Code":12,"ErrorMessage":"pas \\"encore\\""}')
    assert reply.with_status(200).status == 200
    with pytest.raises(izly.InvalidInputError) as caught:
        izly.Reply.rejected(0, "x")
    assert caught.value.field == "code"
    with pytest.raises(izly.InvalidInputError) as caught:
        reply.with_status(199)
    assert caught.value.field == "status"


def test_scopes() -> None:
    """A bit mask that says what is in it."""
    both = izly.Scope.USER_DETAILS | izly.Scope.IZLY_PAY
    assert (both.bits, both) == (16385, izly.Scope(16385))
    assert izly.Scope.IZLY_PAY in both
    assert both not in izly.Scope.IZLY_PAY
