//! Tables with one row for each value of an enum: the row is found without a search that could fail.

/// The place of each value's row in a table, by the value's position in its enum. A value without a row, or with two, does
/// not compile.
macro_rules! places {
    ($table:expr, $key:ident, $values:ty) => {{
        const PLACES: [usize; <$values>::ALL.len()] = {
            let (table, values) = (&$table, <$values>::ALL);
            let mut places = [0; <$values>::ALL.len()];
            let mut value = 0;
            while value < values.len() {
                let (mut row, mut found) = (0, 0);
                while row < table.len() {
                    if table[row].$key as usize == values[value] as usize {
                        places[values[value] as usize] = row;
                        found += 1;
                    }
                    row += 1;
                }
                assert!(found == 1, "each value has exactly one row in the table");
                value += 1;
            }
            places
        };
        PLACES
    }};
}
pub(crate) use places;
