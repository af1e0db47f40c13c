import { describe, expect, it } from '@jest/globals';
import { openBooks } from '../../sandbox/books/books.ts';
import { DISPUTED_SHARE, drawBehaviour, LATE_SHARE, lateShares } from '../../sandbox/books/calibration.ts';
import type { BooksApi, SandboxInvoice } from '../../sandbox/books/model.ts';
import { prng } from '../../sandbox/books/prng.ts';
import { openStore } from '../../sandbox/store.ts';

const clock = { now: () => new Date('2026-11-23T18:00:00Z'), set: () => {} };
const sample = (seed: number) => openBooks(openStore(), clock, { seed }).books;

function openOf(books: BooksApi, companyId: string): SandboxInvoice[] {
  return books
    .invoices(companyId)
    .filter((row) => row.status === 'open' && books.balanceMinor(companyId, row.id) > 0);
}

describe('the sample companies', () => {
  it('pay as the real book does: share late, share disputed, days late', () => {
    const random = prng(7);
    const drawn = Array.from({ length: 50 }, () => lateShares(random, 100))
      .flat()
      .flatMap((share) => Array.from({ length: 20 }, () => drawBehaviour(random, share, 30)));
    const late = drawn.filter((one) => one.daysAfterDue > 0);
    const disputed = drawn.filter((one) => one.disputed);
    const days = late.map((one) => one.daysAfterDue).sort((a, b) => a - b);
    const mean = days.reduce((sum, day) => sum + day, 0) / days.length;
    expect(late.length / drawn.length).toBeCloseTo(LATE_SHARE, 1.7);
    expect(disputed.length / drawn.length).toBeCloseTo(DISPUTED_SHARE, 1.7);
    const lateIfDisputed = disputed.filter((one) => one.daysAfterDue > 0).length / disputed.length;
    expect(Math.abs(lateIfDisputed - 0.683)).toBeLessThan(0.02);
    expect(days[Math.floor(days.length / 2)]).toBe(8);
    expect(Math.abs(mean - 9.7)).toBeLessThan(0.5);
    expect(days.at(-1)).toBeLessThanOrEqual(45);
    expect(days.filter((day) => day > 30).length / days.length).toBeLessThan(0.02);
  });

  it.each([1, 2, 3])('have the right size and their complications, seed %i', (seed) => {
    const books = sample(seed);
    expect(books.companies().map((one) => one.vendor)).toEqual(['intuit', 'xero']);
    for (const { id, vendor } of books.companies()) {
      const today = books.today(id);
      const invoices = books.invoices(id);
      const open = openOf(books, id);
      const settled = invoices.filter((row) => row.settlesOn !== undefined);
      const late = settled.filter((row) => (row.settlesOn ?? '') > (row.dueDate ?? ''));
      expect(invoices.length).toBeGreaterThan(140);
      expect(open.length).toBeGreaterThanOrEqual(22);
      expect(open.length).toBeLessThanOrEqual(42);
      expect(open.filter((row) => (row.dueDate ?? '9999') < today).length).toBeGreaterThanOrEqual(14);
      expect(open.filter((row) => (row.dueDate ?? '9999') < today).length).toBeLessThanOrEqual(24);
      expect(Math.abs(late.length / settled.length - LATE_SHARE)).toBeLessThan(0.12);
      expect(open.some((row) => row.dueDate === today)).toBe(true);
      expect(open.some((row) => row.sentAt === undefined)).toBe(true);
      expect(open.some((row) => row.number === undefined)).toBe(true);
      expect(invoices.some((row) => row.status === 'voided')).toBe(true);
      expect(invoices.some((row) => row.totalMinor < 0) && invoices.some((row) => row.totalMinor === 0)).toBe(
        true,
      );
      expect(invoices.some((row) => row.status === 'draft')).toBe(vendor === 'xero');
      expect(books.credits(id).some((row) => books.unallocatedMinor(id, 'credit', row.id) > 0)).toBe(true);
      const customers = books.customers(id);
      expect(customers.some((row) => row.email === undefined)).toBe(true);
      expect(customers.some((row) => row.billWithParent && row.parentId)).toBe(true);
      expect(customers.some((row) => row.mergedInto)).toBe(true);
      for (const row of customers) expect(row.email ?? 'x.example').toMatch(/\.example(\.com)?$/);
      for (const row of [...invoices, ...customers])
        expect(row.updatedAt <= clock.now().toISOString()).toBe(true);
    }
  });

  it('are the same for the same seed and others for another', () => {
    const words = (seed: number) =>
      JSON.stringify(
        sample(seed)
          .companies()
          .map((one) => sample(seed).invoices(one.id)),
      );
    expect(words(5)).toBe(words(5));
    expect(words(5)).not.toBe(words(6));
  });
});
