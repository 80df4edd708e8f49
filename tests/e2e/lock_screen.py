"""A Chromium phone's lock screen: pushes come to its worker, and a thumb answers on the notification.

Chromium cannot subscribe without Google's servers, so that one call is answered here, with a real key pair whose other
half a push service on this machine holds. What the server sends is delivered to the worker by the developer tools.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, cast

from playwright.async_api import Worker

from tests.e2e.phone import DevTools, Phone
from tests.e2e.reminded import LOOKS_THROUGH
from tests.e2e.waiting import eventually
from tests.push.local_push_service import Device

AnswerName = Literal["better", "not-so-good", "can", "cant", "later"]

_SUBSCRIBES: Final = """
(() => {
  const { endpoint, keys } = %s
  const name = 'the browser’s subscription'
  const subscription = (key) => ({
    endpoint,
    options: { userVisibleOnly: true, applicationServerKey: Uint8Array.from(key).buffer },
    toJSON: () => ({ endpoint, expirationTime: null, keys }),
    unsubscribe: async () => {
      localStorage.removeItem(name)
      return true
    },
  })
  Object.assign(globalThis.PushManager?.prototype ?? {}, {
    async getSubscription() {
      const key = localStorage.getItem(name)
      return key === null ? null : subscription(JSON.parse(key))
    },
    async subscribe({ applicationServerKey }) {
      const key = [...new Uint8Array(applicationServerKey)]
      localStorage.setItem(name, JSON.stringify(key))
      return subscription(key)
    },
  })
})()
"""

# A finger cannot be made for a notification: the worker gets the event that a finger makes, with the real notification,
# and this script waits for what the browser would wait for.
_PRESS: Final = f"""
async ([action, times]) => {{
  const [notification] = await {LOOKS_THROUGH}
  const works = []
  for (let pressed = 0; pressed < times; pressed += 1) {{
    const event = new NotificationEvent('notificationclick', {{ notification, action }})
    event.waitUntil = (work) => works.push(work)
    dispatchEvent(event)
  }}
  await Promise.all(works)
}}
"""


# Focus is given to what a finger has touched alone: whom it would go to is noted instead.
_TAP: Final = f"""
async () => {{
  const focused = []
  WindowClient.prototype.focus = async function () {{
    focused.push(this.url)
    return this
  }}
  const [notification] = await {LOOKS_THROUGH}
  const event = new NotificationEvent('notificationclick', {{ notification, action: '' }})
  const works = []
  event.waitUntil = (work) => works.push(work)
  dispatchEvent(event)
  await Promise.all(works)
  return focused
}}
"""


@dataclass
class LockScreen:
    """Where notifications stand, with Leeward's worker behind them."""

    phone: Phone
    devtools: DevTools
    registration: str

    @classmethod
    async def of(cls, phone: Phone) -> Self:
        """The lock screen of a phone on which the app is."""
        devtools = await phone.devtools()
        found: list[str] = []

        def note(event: dict[str, Any]) -> None:
            found.extend(one["registrationId"] for one in event["registrations"] if not one["isDeleted"])

        devtools.session.on("ServiceWorker.workerRegistrationUpdated", note)
        await devtools.send("ServiceWorker.enable")

        async def is_known() -> bool:
            return len(found) > 0

        await eventually(is_known, "the worker of this phone")
        return cls(phone, devtools, found[-1])

    async def push(self, payload: str) -> None:
        """A push comes in."""
        await self.devtools.send(
            "ServiceWorker.deliverPushMessage",
            origin=self.phone.origin,
            registrationId=self.registration,
            data=payload,
        )

    async def press(self, action: AnswerName, times: int = 1) -> None:
        """Press a button of the only notification; returns when the worker has done what it does about it."""
        await self.worker.evaluate(_PRESS, [action, times])

    async def tap(self) -> list[str]:
        """Tap the only notification, where tabs are open; returns what those showed that were brought to the front."""
        return cast("list[str]", await self.worker.evaluate(_TAP))

    @property
    def worker(self) -> Worker:
        (worker,) = self.phone.context.service_workers
        return worker


async def subscribes_as(phone: Phone, device: Device) -> None:
    """From the next page on the browser's push service is the one that this device is at."""
    known = {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    await phone.context.add_init_script(_SUBSCRIBES % json.dumps(known))


def changed(payload: dict[str, Any], **changes: Mapping[str, object]) -> str:
    """A push in which something is otherwise, part by part: `notification={"title": ""}`."""
    parts = {name: {**payload[name], **part} for name, part in changes.items()}
    return json.dumps(payload | parts)
