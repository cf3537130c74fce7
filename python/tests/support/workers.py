"""What other processes must find by name: what they are told to run, and classes that travel to them."""

from __future__ import annotations

import izly


class CheckoutError(izly.ApiError):
    """A program's own error, whose constructor is unlike any of ours."""

    def __init__(self, basket: int, error: izly.Error) -> None:
        """An error about a basket."""
        super().__init__(str(error), api_code=error.api_code)
        self.basket = basket


def raise_it(error: izly.Error) -> None:
    """What a worker does with an error."""
    raise error


def mirror(model: object) -> object:
    """What a worker gives back."""
    return model
