/** Who answers. It takes effect when it is given whole: every other name is another set of hosts. */
import { say } from '../state/language.ts';
import { student } from '../state/lessons.ts';

export function StudentName() {
  return (
    <label>
      {say({ en: 'Your name or number', zh: '姓名或学号' })}
      <input
        type="text"
        value={student.value}
        maxLength={100}
        autocomplete="off"
        onChange={(event) => (student.value = event.currentTarget.value.trim())}
      />
    </label>
  );
}
