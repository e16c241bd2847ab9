/**
 * The switches of `shopt`: which there are, how they stand, and which of them are heard here.
 *
 * Models: GNU bash 5.2 builtins/shopt.def shopt_vars
 */
const ALL =
  'autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs +checkwinsize +cmdhist compat31 compat32 compat40 compat41 compat42 compat43 compat44 +complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob +extquote failglob +force_fignore +globasciiranges +globskipdots globstar gnu_errfmt histappend histreedit histverify +hostcomplete huponexit inherit_errexit +interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob +patsub_replacement +progcomp progcomp_alias +promptvars restricted_shell shift_verbose +sourcepath varredir_close xpg_echo'.split(
    ' ',
  );

export const shopts: readonly string[] = ALL.map((word) => word.replace('+', ''));

const usual: readonly string[] = ALL.filter((word) => word.startsWith('+')).map((w) => w.slice(1));

/** 4.2 has neither of these: `.*` finds `.` and `..`, and `&` in a replacement is a character. */
const since52 = ['globskipdots', 'patsub_replacement'];

export const usualShopts = (bash: '4.2' | '5.2'): ReadonlySet<string> =>
  new Set(usual.filter((name) => bash === '5.2' || !since52.includes(name)));

/** Those that change what a script here does when they are turned. */
const heard = new Set(
  'dotglob extglob failglob globskipdots globstar lastpipe nocaseglob nocasematch nullglob patsub_replacement'.split(
    ' ',
  ),
);

/** Those that only matter at a prompt, or to what no script here can notice. */
const unheard =
  /^(checkwinsize|cmdhist|complete_fullquote|direxpand|dirspell|force_fignore|globasciiranges|hist\w+|hostcomplete|huponexit|lithist|mailwarn|no_empty_cmd_completion|prog\w+|promptvars|checkhash|checkjobs|sourcepath)$/;

export const mayTurn = (name: string): boolean => heard.has(name) || unheard.test(name);
