//! Stage 5, cells: what a column is by the columns beside it.
//!
//! "Chỉ tiêu" beside "Thực hiện" is what was aimed at; "Nam", "Nữ" beside "Tổng số cán bộ" are parts of it; "Tỷ lệ (%)"
//! behind "Hộ nghèo" is a share of those.

use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use super::{Col, Sheet};
use crate::claim::indicator::{Role, Scan};
use crate::facts::cells::heading::Said;
use crate::facts::cells::name;
use crate::facts::cells::unit::Unit;
use crate::patterns::tables::says;
use crate::structure::table::Class;
use crate::words::lower_first;

impl Sheet<'_> {
    /// "Chỉ tiêu" over figures beside "Thực hiện": what was aimed at.
    pub(super) fn find_aims(&mut self, scan: &Scan<'_, '_>) {
        let aims = &scan.work.patterns.tables.aims;
        let reached = |c: &Col| c.role == Some(Role::Actual) && c.says & says::ACTUAL != 0;
        if !self.columns.iter().any(reached) {
            return;
        }
        let aimed = |p: &Arc<Said>| aims.contains(&p.text.to_lowercase());
        for col in &mut self.columns {
            if col.role.is_none() && col.class == Class::Quantity && col.path.last().is_some_and(aimed) {
                col.role = Some(Role::Target);
            }
        }
    }

    /// "Nam", "Nữ" under "Trong đó" beside "Tổng số cán bộ": parts of what the column before them counts.
    pub(super) fn find_parts(&mut self) {
        for column in 1..self.columns.len() {
            let Some((before, rest)) = self.columns.split_at_mut_checked(column) else { return };
            let open = |c: &&mut Col| c.is_part() && !c.strong && c.class == Class::Quantity;
            let Some(col) = rest.first_mut().filter(open) else { continue };
            let base = before.iter().rev().find(|c| !c.is_part() && c.class == Class::Quantity);
            if let Some(base) = base.filter(|b| b.strong && !b.compares) {
                col.become_part_of(base);
            }
        }
    }

    /// "Hộ nghèo", "Tỷ lệ (%)", "Hộ cận nghèo", "Tỷ lệ (%)": a share without a name is one of what the column before it counts.
    pub(super) fn find_rates(&mut self) {
        for column in 1..self.columns.len() {
            let Some((before, rest)) = self.columns.split_at_mut_checked(column) else { return };
            let Some(col) = rest.first_mut().filter(|c| !c.strong && c.path.len() == 1 && !c.compares) else {
                continue;
            };
            let percent = col.unit.as_ref().is_some_and(Unit::is_percent) && col.has_rate();
            let base = before.last().filter(|b| percent && !b.compares && b.path.len() == 1);
            let Some(whole) = base.and_then(Col::whole) else { continue };
            col.name = col.name.as_ref().map(|n| format_smolstr!("{n} {}", lower_first(whole)));
            col.strong = true;
            col.dim = false;
        }
    }
}

impl Col {
    /// It stands under "Trong đó" and nothing more.
    fn is_part(&self) -> bool {
        self.path.iter().any(|p| p.part && p.own == 0)
    }

    /// Takes name, unit and time of the column that it is a part of.
    fn become_part_of(&mut self, base: &Self) {
        let name = |own: &SmolStr| base.name.as_ref().map(|b| name::both(b, own));
        self.name = self.name.as_ref().and_then(name).or_else(|| self.name.clone());
        self.strong = true;
        self.dim = base.dim;
        if self.unit.is_none() {
            (self.unit, self.counts) = (base.unit.clone(), base.counts.clone());
        }
        self.when = self.when.clone().or_else(|| base.when.clone());
    }

    /// Its own heading is the word for a share and nothing else.
    fn has_rate(&self) -> bool {
        let only = |p: &Arc<Said>| p.own == 0 && p.has(says::WEAK) && p.when.is_none() && p.place.is_none();
        self.role.is_none() && self.when.is_none() && self.path.last().is_some_and(only)
    }

    /// What a share behind it may be a share of.
    fn whole(&self) -> Option<&str> {
        if self.class != Class::Quantity || self.unit.as_ref().is_some_and(Unit::is_percent) {
            return None;
        }
        // "Hộ nghèo" is a name and a unit.
        let noun = |p: &&Arc<Said>| p.only_unit && p.unit.as_ref().is_some_and(Unit::is_count);
        match self.strong {
            true => self.name.as_deref(),
            false => self.path.last().filter(noun).map(|p| p.text.as_str()),
        }
    }
}
