DROP TABLE register_words;
