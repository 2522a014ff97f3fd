//! The inputs of a command: opened one after another, with what is said about them and the status that follows.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::sync::Arc;

use anyhow::Result;
use wirefold::article::{SkipReason, Skipped};
use wirefold::input::source::{NameList, Sources, sources};
use wirefold::input::{Chunk, Chunks, Notice, Options, Warning};

use super::args::InputArgs;
use super::console::Console;
use super::exit::Exit;
use super::records::Records;
use super::settings;

/// Bad records that are named on standard error; the others are counted.
const NAMED: u64 = 5;

/// Iterates over the chunks of all inputs.
pub struct Inputs {
    sources: Sources,
    current: Option<Chunks>,
    options: Options,
    warnings: Vec<Warning>,
    records: Option<Records>,
}

impl Inputs {
    /// The inputs that the options name.
    ///
    /// # Errors
    /// Where a person typed the command without any input: reading would only hang.
    pub fn open(args: &InputArgs) -> Result<Self> {
        let mut paths = args.paths.clone();
        let list = args.files_from.as_ref().map(|path| NameList {
            path: path.clone(),
            separator: if args.null { 0 } else { b'\n' },
        });
        if paths.is_empty() && list.is_none() {
            if std::io::stdin().is_terminal() {
                anyhow::bail!(
                    "nothing to read: name a file or a directory, or pipe a page in; see wirefold --help"
                );
            }
            paths.push("-".into());
        }
        let options = Options {
            limits: settings::limits(args),
            kind: settings::kind(args),
            ..Options::default()
        };
        Ok(Self {
            sources: sources(paths, list.as_ref()),
            current: None,
            options,
            warnings: Vec::new(),
            records: None,
        })
    }

    /// Keeps the JSON records as they stand in the inputs.
    pub fn keep_records(&mut self) {
        self.records = Some(Records::default());
    }

    /// The records that were kept.
    pub fn into_records(self) -> Records {
        self.records.unwrap_or_default()
    }

    /// Warnings of the inputs that were read to their ends.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }
}

impl Iterator for Inputs {
    type Item = Result<Chunk, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(chunks) = &mut self.current {
                if let Some(chunk) = chunks.next() {
                    return Some(keep(&mut self.records, chunk));
                }
                self.warnings.extend(chunks.take_warnings());
                self.current = None;
            }
            let reader = self
                .sources
                .next()?
                .and_then(|source| Ok((source.open()?, source.name)));
            match reader {
                Ok((reader, name)) => self.current = Some(Chunks::new(reader, &name, self.options)),
                Err(skipped) => return Some(Err(skipped)),
            }
        }
    }
}

/// Keeps a chunk's records, if any are wanted.
fn keep(records: &mut Option<Records>, chunk: Result<Chunk, Skipped>) -> Result<Chunk, Skipped> {
    let chunk = chunk?;
    if let Some(records) = records {
        records.keep(&chunk).map_err(|error| Skipped {
            place: chunk.place.clone(),
            reason: SkipReason::Input(error.to_string()),
        })?;
    }
    Ok(chunk)
}

/// Says on standard error what was wrong with the inputs, and keeps the status that follows from it.
pub struct Faults<'a> {
    console: &'a Console,
    strict: bool,
    warned: BTreeSet<(Arc<str>, Notice)>,
    records: u64,
    failed: bool,
}

impl<'a> Faults<'a> {
    /// None yet.
    pub fn new(console: &'a Console, args: &InputArgs) -> Self {
        Self {
            console,
            strict: args.strict,
            warned: BTreeSet::new(),
            records: 0,
            failed: false,
        }
    }

    /// Says one warning of a kind an input.
    pub fn warn(&mut self, warnings: &[Warning]) {
        for warning in warnings {
            if self
                .warned
                .insert((warning.place.source.clone(), warning.notice))
            {
                self.console
                    .warn(&format!("{}: {}", warning.place.source, warning.message()));
            }
        }
    }

    /// Says what was skipped: all bad inputs, and the first few bad records.
    pub fn skip(&mut self, skipped: &[Skipped]) {
        for Skipped { place, reason } in skipped {
            let whole = matches!(reason, SkipReason::Input(_)) && place.offset == 0;
            let text = if whole {
                format!("{}: {}", place.source, reason.message())
            } else {
                format!("{}:{}: {}", place.source, place.line, reason.message())
            };
            match reason {
                SkipReason::Input(_) => {
                    self.failed = true;
                    self.console.error(&text);
                }
                SkipReason::Record(_) => {
                    self.records += 1;
                    if self.strict && self.records <= NAMED {
                        self.console.error(&text);
                    } else if self.records <= NAMED {
                        self.console.warn(&text);
                    }
                }
            }
        }
    }

    /// The status so far.
    pub fn exit(&self) -> Exit {
        if self.records > NAMED {
            let text = format!(
                "{} more records were skipped; -f json lists them all",
                self.records - NAMED
            );
            self.console.warn(&text);
        }
        if self.failed || (self.strict && self.records > 0) {
            Exit::Failed
        } else {
            Exit::Done
        }
    }
}
