/**
 * The page; and, where there is no document, the worker that searches: the one-file build starts itself a second time.
 */
import './style/base.css';
import './style/desk.css';
import './style/time.css';
import './style/panels.css';
import './style/lessons.css';
import { render } from 'preact';
import { reflect } from './state/language.ts';
import { start } from './state/start.ts';
import { App } from './ui/App.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no place for the app');
reflect();
render(<App />, root);
start();
