"""What a user can do: one function = one transaction = one step = one `Changes`.

Every public function here whose first argument is a `SteerFile` is an operation. The screen, the command line and
the tests call the same ones. Operations check, write in one `file.step(key, facts)` and answer what changed; a
write that changes nothing leaves no step.

To add one: 1. write it in the module of its subject; 2. add the words of its step under `steps.<key>`;
3. give it a strategy in tests/operations/test_undo_machine.py, which fails until it has one.
"""
