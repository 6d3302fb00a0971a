//! A shared value whose holder can read it and knows nothing else of it, not even how it is dropped.
//! In a program that is cut in two files, that code goes with whoever makes the value. What is held
//! this way is the holders' matter.

use core::fmt;
use core::ops::Deref;
use std::rc::Rc;

/// Like an [`Rc`], but what it takes to drop the value is reached from [`new`](Handle::new) alone.
///
/// ```
/// use unstuck_core::handle::Handle;
/// let one = Handle::new(vec![1, 2]);
/// let same = one.clone();
/// assert_eq!(same.len(), 2);
/// ```
pub struct Handle<T: 'static>(Rc<dyn Hold<T>>);

trait Hold<T> {
    fn get(&self) -> &T;
}

impl<T> Hold<T> for T {
    fn get(&self) -> &T {
        self
    }
}

impl<T> Handle<T> {
    /// Holds a value.
    pub fn new(value: T) -> Handle<T> {
        Handle(Rc::new(value))
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Handle<T> {
        Handle(Rc::clone(&self.0))
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).get()
    }
}

impl<T: fmt::Debug> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
