DROP TABLE folded_names;
