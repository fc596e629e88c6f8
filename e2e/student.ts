// A student of the marketplace, with nothing but the API.

import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import type { Context } from "./context.ts";

/** A card that the payment provider always takes. */
const CARD = "tok_visa";

export class Student {
  readonly #api: string;
  readonly #id: string;

  private constructor(api: string, id: string) {
    this.#api = api;
    this.#id = id;
  }

  static async signUp(api: string): Promise<Student> {
    const email = `${randomUUID()}@example.com`;
    const answer = await post(`${api}/users`, { name: "A Student", email });
    if (answer.status !== 201) throw new Error(`signing up was answered ${answer.status}`);
    const { id } = (await answer.json()) as { id: string };
    return new Student(api, id);
  }

  /** Books a free slot and pays for it, in one request within the given trace. */
  async book(given: Context): Promise<Response> {
    const slot = await this.#freeSlot();
    const booking = { user_id: this.#id, slot_id: slot, card_token: CARD };
    return post(`${this.#api}/bookings`, booking, given);
  }

  /** The same, with a body that arrives in two halves so many milliseconds apart. */
  async bookSlowly(pause: number, given: Context): Promise<Response> {
    const slot = await this.#freeSlot();
    const booking = JSON.stringify({ user_id: this.#id, slot_id: slot, card_token: CARD });
    async function* halves(): AsyncGenerator<Uint8Array> {
      const bytes = new TextEncoder().encode(booking);
      yield bytes.slice(0, bytes.length / 2);
      await setTimeout(pause);
      yield bytes.slice(bytes.length / 2);
    }
    return fetch(`${this.#api}/bookings`, {
      method: "POST",
      headers: { "content-type": "application/json", traceparent: given.traceparent },
      body: ReadableStream.from(halves()),
      duplex: "half",
    });
  }

  /** Any other page. */
  get(path: string, given: Context): Promise<Response> {
    return fetch(this.#api + path, { headers: { traceparent: given.traceparent } });
  }

  /** One of many, so that nobody else has taken it in the meantime. */
  async #freeSlot(): Promise<string> {
    const answer = await fetch(`${this.#api}/instructors/ins_amara/slots?limit=200`);
    const { slots } = (await answer.json()) as { slots: { id: string }[] };
    const slot = slots[Math.floor(Math.random() * slots.length)];
    if (!slot) throw new Error("every slot is taken");
    return slot.id;
  }
}

function post(url: string, body: object, given?: Context): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(given ? { traceparent: given.traceparent } : {}),
    },
    body: JSON.stringify(body),
  });
}
