//! The cells of a row, held so that tables of many rows need little memory.

/// The cells of a row in one piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// A cell by its place, from 0; none behind the last.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(start..end)
    }
}

impl<T: AsRef<str>> FromIterator<T> for Cells {
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        let mut all = Self::default();
        for cell in cells {
            all.text.push_str(cell.as_ref());
            all.ends.push(all.text.len());
        }
        all.text.shrink_to_fit();
        all.ends.shrink_to_fit();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_place() {
        let cells: Cells = ["编号", "", "b"].into_iter().collect();
        assert_eq!([0, 1, 2, 3].map(|place| cells.get(place)), [Some("编号"), Some(""), Some("b"), None]);
        assert_eq!(Cells::default().get(0), None);
    }
}
