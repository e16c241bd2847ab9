/**
 * Markdown as elements. Its HTML is shown as text and its links lead nowhere but to pages: a lesson may come from anybody.
 */
import { lexer, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';

const isSafe = (href: string) => /^(https?:\/\/|#)/.test(href);

function inline(tokens: readonly Token[] | undefined): ComponentChildren[] {
  return (tokens ?? []).map((token) => {
    switch (token.type) {
      case 'strong':
        return <strong>{inline((token as Tokens.Strong).tokens)}</strong>;
      case 'em':
        return <em>{inline((token as Tokens.Em).tokens)}</em>;
      case 'codespan':
        return <code>{(token as Tokens.Codespan).text}</code>;
      case 'br':
        return <br />;
      case 'link': {
        const { href, tokens: inside } = token as Tokens.Link;
        return isSafe(href) ? <a href={href}>{inline(inside)}</a> : inline(inside);
      }
      case 'text':
        return 'tokens' in token && token.tokens ? inline(token.tokens) : unescaped(token.raw);
      default:
        return unescaped(token.raw);
    }
  });
}

/** A line's end is no blank between Chinese letters, nor after Chinese punctuation. */
const BREAK = /(?<=[，。；：、！？（）])\n|(?<=\p{Script=Han})\n(?=[\p{Script=Han}（])/gu;

/** `\*` is a star. */
const unescaped = (raw: string) => raw.replace(BREAK, '').replace(/\\([!-/:-@[-`{-~])/g, '$1');

function block(token: Token): ComponentChildren {
  switch (token.type) {
    case 'heading':
      return <h2>{inline((token as Tokens.Heading).tokens)}</h2>;
    case 'code':
      return <pre class="block">{(token as Tokens.Code).text}</pre>;
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const List = ordered ? 'ol' : 'ul';
      return (
        <List>
          {items.map((item) => (
            <li>
              {item.tokens.map((inside) =>
                inside.type === 'text' ? inline([inside]) : block(inside),
              )}
            </li>
          ))}
        </List>
      );
    }
    case 'blockquote':
      return <blockquote>{((token as Tokens.Blockquote).tokens ?? []).map(block)}</blockquote>;
    case 'space':
      return null;
    case 'paragraph':
      return <p>{inline((token as Tokens.Paragraph).tokens)}</p>;
    default:
      return <p>{token.raw}</p>;
  }
}

export const Prose = ({ text }: Readonly<{ text: string }>) => <>{lexer(text).map(block)}</>;
