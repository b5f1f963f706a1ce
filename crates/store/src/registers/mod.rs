//! One file per register: its rows (private), how they become domain types, and the methods of
//! [`crate::Reader`] and [`crate::Writer`] on it.

mod calendar;
pub(crate) mod changes;
pub(crate) mod configuration_items;
mod customers;
mod departments;
mod deputies;
mod directory;
mod found;
mod freezes;
pub(crate) mod kept;
mod media_items;
pub(crate) mod records;
mod service_objects;
pub(crate) mod users;

/// Replaces a row if it still has the expected version; [`crate::StoreError::Stale`] with its present version if not.
macro_rules! update_versioned {
    ($writer:expr, $table:ident, $id:expr, $expected:expr, $row:expr) => {{
        let found = $table::table.find(crate::types::Id($id));
        let changed = diesel::update(found.filter($table::version.eq($expected))).set($row).execute($writer.conn)?;
        if changed == 0 {
            let current = found.select($table::version).first($writer.conn).optional()?;
            return Err(crate::StoreError::Stale { current });
        }
    }};
}
pub(crate) use update_versioned;

/// Removes a row if it still has the expected version; [`crate::StoreError::Stale`] with its present version if not, or
/// with none when somebody else removed it.
macro_rules! delete_versioned {
    ($writer:expr, $table:ident, $id:expr, $expected:expr) => {{
        let found = $table::table.find(crate::types::Id($id));
        if diesel::delete(found.filter($table::version.eq($expected))).execute($writer.conn)? == 0 {
            let current = found.select($table::version).first($writer.conn).optional()?;
            return Err(crate::StoreError::Stale { current });
        }
    }};
}
pub(crate) use delete_versioned;

/// The methods of [`kept::Kept`] by which a register that rules look at as a whole is read: from the directory.
macro_rules! held_in_directory {
    ($held:ident) => {
        fn find(reader: &mut Reader<'_>, id: Self::Id) -> Result<Option<Self>, StoreError> {
            let directory = reader.directory()?;
            let found = $crate::registers::kept::Held::of(&directory.$held).find(|record: &&Self| record.id == id).cloned();
            Ok(found)
        }

        fn list(
            reader: &mut Reader<'_>,
            asked: &Self::Asked,
            eye: &fabu_domain::subjects::registers::sight::Eye<'_>,
            after: Option<&crate::Cursor>,
            limit: usize,
        ) -> Result<crate::Page<Self>, StoreError> {
            let directory = reader.directory()?;
            $crate::registers::kept::list_held($crate::registers::kept::Held::of(&directory.$held), asked, eye, after, limit)
        }

        fn has_twin(reader: &mut Reader<'_>, unique: &str, own: Option<Self::Id>) -> Result<bool, StoreError> {
            let directory = reader.directory()?;
            Ok($crate::registers::kept::is_held::<Self>($crate::registers::kept::Held::of(&directory.$held), unique, own))
        }
    };
}
pub(crate) use held_in_directory;
