// What the server says of itself, shared by the pages.
import { meta as ask, type Meta } from '../api/client';
import { Load } from '../api/load.svelte';

class MetaLoad extends Load<Meta> {
  load(): Promise<void> {
    return this.run((signal) => ask(signal));
  }
}

export const meta = new MetaLoad();
