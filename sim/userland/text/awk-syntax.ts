/**
 * An awk program as a tree.
 *
 * Models: POSIX.1-2008 awk, Grammar; GNU awk 4.0.2's extensions as far as awk.ts says
 */
export type Target =
  | Readonly<{ kind: 'variable'; name: string }>
  | Readonly<{ kind: 'element'; name: string; subscripts: readonly Expression[] }>
  | Readonly<{ kind: 'field'; index: Expression }>;

export type Expression =
  | Target
  | Readonly<{ kind: 'number'; value: number }>
  | Readonly<{ kind: 'string'; value: string }>
  | Readonly<{ kind: 'regexp'; source: string }>
  | Readonly<{ kind: 'list'; items: readonly Expression[] }>
  | Readonly<{ kind: 'assign'; operator: string; target: Target; value: Expression }>
  | Readonly<{ kind: 'choice'; test: Expression; yes: Expression; no: Expression }>
  | Readonly<{ kind: 'binary'; operator: string; left: Expression; right: Expression }>
  | Readonly<{ kind: 'unary'; operator: string; operand: Expression }>
  | Readonly<{ kind: 'step'; operator: '++' | '--'; before: boolean; target: Target }>
  | Readonly<{ kind: 'in'; subscripts: readonly Expression[]; name: string }>
  | Readonly<{ kind: 'call'; name: string; args: readonly Expression[] }>
  | Readonly<{
      kind: 'getline';
      from: 'input' | 'file' | 'command';
      source: Expression | null;
      target: Target | null;
    }>;

export type Statement =
  | Readonly<{ kind: 'expression'; value: Expression }>
  | Readonly<{
      kind: 'print' | 'printf';
      args: readonly Expression[];
      to: Readonly<{ operator: string; name: Expression }> | null;
    }>
  | Readonly<{ kind: 'if'; test: Expression; yes: Statement; no: Statement | null }>
  | Readonly<{ kind: 'while'; test: Expression; body: Statement; atLeastOnce: boolean }>
  | Readonly<{
      kind: 'for';
      first: Statement | null;
      test: Expression | null;
      next: Statement | null;
      body: Statement;
    }>
  | Readonly<{ kind: 'each'; name: string; array: string; body: Statement }>
  | Readonly<{ kind: 'block'; body: readonly Statement[] }>
  | Readonly<{ kind: 'delete'; name: string; subscripts: readonly Expression[] | null }>
  | Readonly<{ kind: 'next' | 'nextfile' | 'break' | 'continue' }>
  | Readonly<{ kind: 'exit' | 'return'; value: Expression | null }>;

export type Rule = Readonly<{
  when: 'BEGIN' | 'END' | 'line';
  from: Expression | null;
  to: Expression | null;
  /** null: print the line. */
  body: Statement | null;
}>;

export type FunctionDefinition = Readonly<{ parameters: readonly string[]; body: Statement }>;

export type AwkProgram = Readonly<{
  rules: readonly Rule[];
  functions: Readonly<Record<string, FunctionDefinition>>;
}>;
