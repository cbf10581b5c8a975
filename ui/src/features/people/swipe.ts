// swipe.ts — a card that follows the thumb: far enough to one side is an answer, less springs back.

export type Side = 'left' | 'right';

const far = 96; // pixels

/** What a drag by `dx`, `dy` says: a side only when it went clearly sideways. */
export function sideOf(dx: number, dy: number): Side | null {
  if (Math.abs(dx) < far || Math.abs(dx) < Math.abs(dy) * 1.5) return null;
  return dx < 0 ? 'left' : 'right';
}

/** An attachment: touch only, because a mouse has the buttons; links and buttons on the card keep working. */
export function swipe(answer: (side: Side) => void): (card: HTMLElement) => () => void {
  return (card) => {
    let from: { x: number; y: number; id: number } | null = null;
    const rest = () => {
      from = null;
      card.style.translate = '';
      card.style.rotate = '';
    };
    const down = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') return;
      from = { x: event.clientX, y: event.clientY, id: event.pointerId };
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== from?.id) return;
      const dx = event.clientX - from.x;
      if (Math.abs(dx) < 10) return;
      card.style.translate = `${dx}px`;
      card.style.rotate = `${dx / 40}deg`;
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== from?.id) return;
      const side = sideOf(event.clientX - from.x, event.clientY - from.y);
      rest();
      if (side) answer(side);
    };
    card.addEventListener('pointerdown', down);
    card.addEventListener('pointermove', move);
    card.addEventListener('pointerup', up);
    card.addEventListener('pointercancel', rest);
    return () => {
      card.removeEventListener('pointerdown', down);
      card.removeEventListener('pointermove', move);
      card.removeEventListener('pointerup', up);
      card.removeEventListener('pointercancel', rest);
    };
  };
}
