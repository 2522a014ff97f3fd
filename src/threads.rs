//! Where parallel loops run: on the pool of the process where it has the wanted number of threads, else on one made for
//! the purpose. A pool that is there before it is needed has its threads spread over the processors.

use std::io;

/// Makes the pool of the process, of so many threads (0: one a processor); without effect once there is one.
pub fn prepare(threads: usize) {
    // that there is one already is no fault: `run` looks at its size
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global();
}

/// Does `work` on so many threads (0: one a processor).
///
/// # Errors
/// When threads cannot be started.
pub fn run<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> io::Result<T> {
    if threads == 0 || threads == rayon::current_num_threads() {
        return Ok(rayon::scope(|_| work()));
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(io::Error::other)?;
    Ok(pool.install(work))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    #[test]
    fn work_runs_on_as_many_threads_as_wanted() {
        prepare(2);
        for threads in [1, 2, 3] {
            assert_eq!(run(threads, rayon::current_num_threads).unwrap(), threads);
            let sum = run(threads, || (0..100u32).into_par_iter().sum::<u32>());
            assert_eq!(sum.unwrap(), 4950);
        }
    }
}
