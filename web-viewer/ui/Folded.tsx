/** What is shown when wanted, and neither worked out nor drawn before. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

type Props = Readonly<{ title: ComponentChildren; inside: () => ComponentChildren }>;

export function Folded({ title, inside }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details class="twin" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && inside()}
    </details>
  );
}
