//! Components of a graph from its edges: union-find over numbers, four bytes a node.
//!
//! The root of a component is its least number, whatever the order of the edges.

/// Union-find over numbers; grows as they come.
#[derive(Debug, Default)]
pub struct Components(Vec<u32>);

impl Components {
    /// The two numbers are of one component from now on; the least of it is its root.
    pub fn join(&mut self, a: u32, b: u32) {
        let most = a.max(b) as usize;
        if self.0.len() <= most {
            self.0.extend(self.0.len() as u32..=most as u32);
        }
        let (a, b) = (self.root(a), self.root(b));
        // the least number is the root: a function of the set
        let (low, high) = (a.min(b), a.max(b));
        if let Some(parent) = self.0.get_mut(high as usize) {
            *parent = low;
        }
    }

    /// The least number of the component.
    pub fn root(&mut self, mut node: u32) -> u32 {
        loop {
            let parent = self.parent(node);
            if parent == node {
                return node;
            }
            let above = self.parent(parent);
            if let Some(slot) = self.0.get_mut(node as usize) {
                *slot = above;
            }
            node = above;
        }
    }

    fn parent(&self, node: u32) -> u32 {
        self.0.get(node as usize).copied().unwrap_or(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_least_of_all_that_hang_together() {
        let mut components = Components::default();
        for (a, b) in [(9, 8), (3, 2), (8, 3), (70_000, 9)] {
            components.join(a, b);
        }
        assert_eq!(
            [2, 3, 8, 9, 70_000].map(|node| components.root(node)),
            [2; 5]
        );
        assert_eq!(components.root(5), 5);
        assert_eq!(components.root(u32::MAX), u32::MAX);
    }
}
