//! Which faults come together: every one alone, and a choice of compositions in which all faults of a
//! family come up about as often as the others.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::fault::Fault::{self, *};

/// What the customer calls about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// No service.
    Service,
    /// Mobile data fails or is slow.
    Data,
    /// Pictures do not go out.
    Mms,
}

/// A family, its groups of faults (a task has one of each at most; one of the first `needed` groups at
/// least), and how many compositions of two, three, four and five it has.
struct Plan {
    family: Family,
    groups: &'static [&'static [Fault]],
    needed: usize,
    counts: [usize; 4],
}

const PLANS: [Plan; 3] = [
    Plan {
        family: Family::Service,
        groups: &[
            &[SimOut, SimPin, SimPuk],
            &[Paused, Unpaid, UnpaidAsked, ContractOver],
            &[Apn],
            &[Airplane],
        ],
        needed: 4,
        counts: [11, 9, 4, 0],
    },
    Plan {
        family: Family::Data,
        groups: &[
            &[RoamPhone, RoamLine, RoamBoth],
            &[TopUp, TopUpBudget, TopUpCap],
            &[Mode2g, Mode3g, Mode4g],
            &[DataOff],
            &[Saver],
            &[Vpn],
            &[Airplane],
        ],
        needed: 6,
        counts: [10, 8, 4, 2],
    },
    Plan {
        family: Family::Mms,
        groups: &[
            &[Storage, Sms, StorageSms],
            &[Mode2g],
            &[WifiCalling],
            &[Mmsc],
            &[RoamPhone, RoamLine, RoamBoth],
            &[TopUp, TopUpBudget, TopUpCap],
            &[DataOff],
            &[Airplane],
            &[SimOut],
        ],
        needed: 4,
        counts: [10, 8, 4, 2],
    },
];

/// At most one composition of a size in so many is beyond repair: it is settled by handing over.
const BEYOND_REPAIR: usize = 4;

/// The faults of a task, in their order.
#[derive(Clone, Debug)]
pub struct Composition {
    /// What the customer calls about.
    pub family: Family,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Composition {
    /// The task's id.
    pub fn id(&self) -> String {
        let family = match self.family {
            Family::Service => "service",
            Family::Data => "data",
            Family::Mms => "mms",
        };
        let words: Vec<&str> = self.faults.iter().map(|fault| fault.word()).collect();
        format!("{family}.{}", words.join("."))
    }

    /// Whether handing over is all that can be done.
    pub fn beyond_repair(&self) -> bool {
        self.faults.iter().any(|fault| fault.beyond_repair())
    }

    /// What orders compositions that are otherwise alike.
    fn lot(&self) -> [u8; 32] {
        Sha256::digest(self.id()).into()
    }
}

/// All tasks: those with fewer faults first, families in turn.
pub fn chosen() -> Vec<Composition> {
    let mut all = Vec::new();
    for plan in &PLANS {
        let mut places = BTreeMap::new();
        for one in plan.chosen() {
            let size = one.faults.len();
            let place: &mut usize = places.entry(size).or_default();
            all.push(((size, *place), one));
            *place += 1;
        }
    }
    // Stable: of one size and place the families stay in their order.
    all.sort_by_key(|(order, _)| *order);
    all.into_iter().map(|(_, one)| one).collect()
}

impl Plan {
    /// The family's tasks, those with fewer faults first.
    fn chosen(&self) -> Vec<Composition> {
        let all = self.all();
        let mut chosen: Vec<Composition> =
            all.iter().filter(|one| one.faults.len() == 1).cloned().collect();
        chosen.sort_by_key(|one| one.faults.clone());
        let mut uses: BTreeMap<Fault, usize> = BTreeMap::new();
        for (size, count) in (2..).zip(self.counts) {
            let mut left: Vec<&Composition> =
                all.iter().filter(|one| one.faults.len() == size).collect();
            left.sort_by_cached_key(|one| one.lot());
            let mut lost = 0;
            for _ in 0..count {
                // Squared, so that two of middling use go before a rare and a frequent one.
                let used = |fault: &Fault| uses.get(fault).copied().unwrap_or(0).pow(2);
                let may = |one: &Composition| !one.beyond_repair() || lost * BEYOND_REPAIR < count;
                let rarest = (0..left.len())
                    .filter(|&place| may(left[place]))
                    .min_by_key(|&place| left[place].faults.iter().map(used).sum::<usize>());
                let Some(place) = rarest else { break };
                let one = left.remove(place);
                lost += usize::from(one.beyond_repair());
                for fault in &one.faults {
                    *uses.entry(*fault).or_default() += 1;
                }
                chosen.push(one.clone());
            }
        }
        chosen
    }

    /// Every composition there could be.
    fn all(&self) -> Vec<Composition> {
        let mut all: Vec<Vec<Fault>> = vec![vec![]];
        for group in self.groups {
            let with = all.iter().flat_map(|before| {
                group.iter().map(|fault| before.iter().copied().chain([*fault]).collect())
            });
            let with: Vec<Vec<Fault>> = with.collect();
            all.extend(with);
        }
        let needed = self.groups[..self.needed].concat();
        all.retain(|faults| faults.iter().any(|fault| needed.contains(fault)));
        all.iter_mut().for_each(|faults| faults.sort());
        all.into_iter().map(|faults| Composition { family: self.family, faults }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_has_as_many_tasks_as_planned_and_none_twice() {
        let all = chosen();
        let mut ids: Vec<String> = all.iter().map(Composition::id).collect();
        let count = |family| all.iter().filter(|one| one.family == family).count();
        let (service, data, mms) =
            (count(Family::Service), count(Family::Data), count(Family::Mms));
        assert_eq!((service, data, mms), (9 + 24, 12 + 24, 6 + 24));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
    }

    #[test]
    fn every_fault_of_a_family_comes_up_in_company() {
        for plan in PLANS {
            let chosen = plan.chosen();
            for fault in plan.groups.concat() {
                let together =
                    |one: &&Composition| one.faults.len() > 1 && one.faults.contains(&fault);
                let times = chosen.iter().filter(together).count();
                assert!(times >= 2, "{fault:?} of {:?} comes up {times} times", plan.family);
            }
        }
    }
}
