-- It hangs on a person, so it is the system role's alone.
grant select, insert, update, delete on second_factors to boardroom_system;