"""A callback as pydantic's models.

The two fields of ours have plain validators: what these give is taken as it is, which spares a second look at its type.
"""

# No postponed annotations: pydantic reads them when the classes are made.
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator

from convert import centimes, moment


class Model(BaseModel):
    """Frozen, as izly's are. It costs nothing when reading."""

    model_config = ConfigDict(frozen=True)


class Operation(Model):
    """The payment."""

    Id: int
    IdTransactionDebitIzly: int
    Amount: Annotated[int, PlainValidator(centimes)]
    Date: Annotated[datetime, PlainValidator(moment)]
    Message: str
    ClientOrderId: str
    Status: str
    CallbackParameters: str


class BeneficiaryRead(Model):
    """Whom it pays."""

    Id: str
    ClientId: str


class UserRead(Model):
    """Who pays."""

    Id: str
    Email: str
    ClientCode: str
    NumeroAffectation: str


class ErrorRead(Model):
    """Whether it worked."""

    Code: int
    Message: str


class Callback(Model):
    """All of it."""

    OperationSMoney: Operation
    Beneficiary: BeneficiaryRead
    User: UserRead
    Error: ErrorRead
