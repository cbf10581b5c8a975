import { describe, expect, it } from 'vitest';
import { initialsOf } from './initials';

describe('initials', () => {
  it('are of the first and the last name', () => {
    expect(['Ann Lee', 'Dr. Zoë Åström-Ñandú', 'Madonna', 'ana maria de la cruz', 'Ann (Annie)'].map(initialsOf)).toEqual(['AL', 'DÅ', 'M', 'AC', 'A']);
  });
  it('are whole letters in any script, and something for a number', () => {
    expect(['朱 秀英', '𝒜nn Lee', '+1 416 555 0101', ''].map(initialsOf)).toEqual(['朱秀', '𝒜L', '', '']);
  });
});
