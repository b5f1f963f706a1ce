//! The whole directory as one snapshot, cached by its version.
//!
//! `directory_state.version` rises in the transaction of every register write, so one indexed read tells whether the
//! cached snapshot is the present one, also when another process wrote. A transaction that changed a register sees its
//! own state; that state is shared only after the commit. So it is with what stands in the directory beside the registers: the
//! numbers of signed versions of the procedure.

use super::kept::Kept;
use crate::{
    Reader, StoreError, Writer,
    handle::{DirectoryLock, DirectoryView},
    schema::directory_state,
};
use diesel::prelude::*;
use fabu_domain::{
    people::directory::{Customer, Department, Deputy, Directory, ServiceObject},
    time::working_time::WorkingCalendar,
};
use std::sync::Arc;

impl Reader<'_> {
    /// The version of the directory: one indexed read.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn directory_version(&mut self) -> Result<i64, StoreError> {
        Ok(directory_state::table.find(1).select(directory_state::version).first(self.conn)?)
    }

    /// People, departments, customers, service objects, deputies and the working calendar as of this transaction.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn directory(&mut self) -> Result<Arc<Directory>, StoreError> {
        self.directory_read = true;
        if let DirectoryView::Own(own) = &self.view {
            if let Some(directory) = own {
                return Ok(Arc::clone(directory));
            }
            let version = self.directory_version()?;
            let directory = Arc::new(self.load_directory(version)?);
            self.view = DirectoryView::Own(Some(Arc::clone(&directory)));
            return Ok(directory);
        }
        let mut version = self.directory_version()?;
        loop {
            if let Some(directory) = self.shared.directory(version) {
                return Ok(directory);
            }
            let directory = Arc::new(self.load_directory(version)?);
            // In a write transaction of PostgreSQL every query sees the newest commit: equal versions before and after
            // say that no register changed in between.
            let after = self.directory_version()?;
            if after == version {
                self.shared.publish(Arc::clone(&directory));
                return Ok(directory);
            }
            version = after;
        }
    }

    fn load_directory(&mut self, version: i64) -> Result<Directory, StoreError> {
        Ok(Directory {
            version,
            users: self.all_users()?.into_iter().map(|user| (user.id, user)).collect(),
            departments: Department::all(self)?.into_iter().map(|department| (department.id, department)).collect(),
            customers: Customer::all(self)?.into_iter().map(|customer| (customer.id, customer)).collect(),
            service_objects: ServiceObject::all(self)?.into_iter().map(|object| (object.id, object)).collect(),
            deputies: Deputy::all(self)?,
            calendar: WorkingCalendar::of_years(self.calendar_years()?.iter().map(|year| &year.published)),
            procedures: self.signed_procedures()?,
        })
    }
}

impl Writer<'_> {
    /// Holds the directory up to the end of the transaction. It comes before every other lock but that of an
    /// idempotency key, and what was read of the directory before must be read again when the answer is true: another
    /// transaction may have changed it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when others hold it too long.
    pub fn lock_directory(&mut self, lock: DirectoryLock) -> Result<bool, StoreError> {
        if self.directory_lock >= Some(lock) {
            return Ok(false);
        }
        let waited = self.conn.lock_directory(lock)?;
        self.directory_lock = Some(lock);
        self.directory_read = false;
        Ok(waited)
    }

    /// Says that a register changes in this transaction; holds off other register writes until its end.
    ///
    /// # Errors
    /// [`StoreError::Unlocked`] when the directory was read before without [`DirectoryLock::Exclusive`]: what was checked
    /// may no longer be so.
    pub(crate) fn touch_directory(&mut self) -> Result<(), StoreError> {
        if self.directory_lock != Some(DirectoryLock::Exclusive) {
            if self.directory_read {
                return Err(StoreError::Unlocked);
            }
            self.lock_directory(DirectoryLock::Exclusive)?;
        }
        self.renew_directory()
    }

    /// Says that something stands in the directory which no register holds, and that what was read of it may stay in use meanwhile:
    /// a signed version of the procedure.
    pub(crate) fn renew_directory(&mut self) -> Result<(), StoreError> {
        diesel::update(directory_state::table.find(1))
            .set(directory_state::version.eq(directory_state::version + 1))
            .execute(self.conn)?;
        self.view = DirectoryView::Own(None);
        Ok(())
    }
}
