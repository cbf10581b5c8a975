// first_name.test.ts — nobody is called "Cousin".
import { expect, test } from 'vitest';
import { firstName } from './first_name';

test.each([
  ['Nancy Featherstone', 'Nancy'],
  ['Cousin Jon', 'Cousin Jon'],
  ['Dr. Judith Jardine', 'Dr. Judith Jardine'],
  ['Madonna', 'Madonna'],
  ['Aunt', 'Aunt'],
  ['  Wei   Zhou ', 'Wei'],
  ['', ''],
])('"%s" is called "%s"', (name, called) => expect(firstName(name)).toBe(called));
