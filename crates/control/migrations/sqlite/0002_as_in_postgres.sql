-- The names that the tables have in PostgreSQL, where others may be beside them. Who changes something counts it.
DROP TRIGGER token_made;
DROP TRIGGER token_changed;
DROP TRIGGER dataset_made;
DROP TRIGGER dataset_changed;
DROP TRIGGER field_made;
DROP TRIGGER field_changed;
DROP TRIGGER field_removed;
ALTER TABLE token RENAME TO throughline_token;
ALTER TABLE dataset RENAME TO throughline_dataset;
ALTER TABLE field RENAME TO throughline_field;
ALTER TABLE record RENAME TO throughline_record;
ALTER TABLE change RENAME TO throughline_change;
