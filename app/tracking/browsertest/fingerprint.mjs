// The SHA-256 of the generated code of all stacks: the sites that build/fixtures keeps were built from code with the
// fingerprint that stands beside them. Instructions and type declarations do not count, they are in no site.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function fingerprint(folder) {
  const sum = createHash('sha256');
  for (const stack of readdirSync(folder).filter((name) => !name.includes('.')).sort()) {
    for (const name of readdirSync(join(folder, stack)).filter((n) => !/\.(txt|d\.ts)$/.test(n)).sort()) {
      sum.update(`${stack}/${name}\n`).update(readFileSync(join(folder, stack, name)));
    }
  }
  return sum.digest('hex');
}
