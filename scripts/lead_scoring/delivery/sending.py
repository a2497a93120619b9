"""Sends batches to a receiver, tried again where that may help, each attempt on the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from lead_scoring.delivery.contents import Item
from lead_scoring.delivery.delivery_log import Channel, DeliveryLog


class NotDelivered(Exception):
    """The receiver did not take a batch in this run. `kind` says why, without any value."""

    def __init__(self, kind: str) -> None:
        """kind: the kind of error, as the delivery log keeps it."""
        super().__init__(kind)
        self.kind = kind


class TryAgain(NotDelivered):
    """It may take it later. `seconds`: how long it asks to be left alone."""

    def __init__(self, kind: str, seconds: float = 0) -> None:
        """seconds: from now on; 0 where the receiver asks for nothing."""
        super().__init__(kind)
        self.seconds = seconds


class OneIsRefused(NotDelivered):
    """It refused the whole batch for something in it: its halves may do better."""


class GiveUp(NotDelivered):
    """It will take nothing else in this run either."""


@dataclass(frozen=True)
class Patience:
    """How long a run waits for a receiver. All times are seconds."""

    timeout: float = 10  # for the connection, and for each wait on its answer
    attempts: int = 5  # per batch and run
    backoff: float = 1  # before the second attempt; doubled each time, plus up to as much by chance
    max_wait: float = 60  # between two attempts, whatever the receiver asks for


class Receiver(Protocol):
    """Whatever takes items, in batches of a form of its own."""

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """Returns the items in the order and the batches in which they are to be sent."""

    def send(self, batch: Sequence[Item]) -> Mapping[str, str]:
        """Sends a batch once and returns what was not taken: item -> kind of error.

        Raises NotDelivered where nothing of it was taken.
        """

    def payload(self, batch: Sequence[Item]) -> str:
        """Returns what would be sent, as a person reads it, and nothing secret."""

    def close(self) -> None:
        """Closes the connection."""


class Sender:
    """Sends the items of a channel."""

    def __init__(
        self, receiver: Receiver, channel: Channel, log: DeliveryLog, patience: Patience
    ) -> None:
        """receiver: closed by whoever opened it."""
        self._receiver = receiver
        self._channel = channel
        self._log = log
        self._patience = patience
        self._backoff = wait_exponential_jitter(
            multiplier=patience.backoff, jitter=patience.backoff, max=patience.max_wait
        )

    def deliver(self, batch: Sequence[Item]) -> Mapping[str, str]:
        """Sends a batch until it is taken and returns what of it is not: item -> kind of error.

        Raises NotDelivered where nothing of it is taken.
        """
        batch = self._log.with_keys(self._channel, batch)
        for attempt in Retrying(
            stop=stop_after_attempt(self._patience.attempts),
            wait=self._wait,
            retry=retry_if_exception_type(TryAgain),
            reraise=True,
        ):
            with attempt:
                errors = self._try(batch)
        return errors

    def _try(self, batch: Sequence[Item]) -> Mapping[str, str]:
        self._log.begin(self._channel, batch)
        try:
            errors = self._receiver.send(batch)
        except NotDelivered as failure:
            self._log.fail(self._channel, {item.id: failure.kind for item in batch})
            raise
        self._log.deliver(self._channel, [item.id for item in batch if item.id not in errors])
        if errors:
            self._log.fail(self._channel, errors)
        return errors

    def _wait(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        asked = failure.seconds if isinstance(failure, TryAgain) else 0
        return min(max(self._backoff(state), asked), self._patience.max_wait)
