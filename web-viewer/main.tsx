/**
 * Where there is a document, the page; where there is none, the worker that searches: the one-file build starts its own
 * script a second time.
 */
import './style/base.css';
import './style/head.css';
import './style/doors.css';
import './style/desk.css';
import './style/time.css';
import './style/panels.css';
import './style/lessons.css';
import './style/print.css';
import { showPage } from './page.tsx';

if (typeof document !== 'undefined') showPage();
else if (SINGLE) import('./worker/alone.ts');
