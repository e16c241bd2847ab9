/** The page in its place. */
import { render } from 'preact';
import { reflect } from './state/language.ts';
import { start } from './state/start.ts';
import { App } from './ui/App.tsx';

export function showPage(): void {
  const root = document.getElementById('app');
  if (root === null) throw new Error('the page has no place for the app');
  reflect();
  render(<App />, root);
  start();
}
