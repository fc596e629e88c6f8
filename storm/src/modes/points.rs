//! SIGKILL at every call that changes the disk, in short scenes that are played again for each point.

use super::{FLUSH_AGE, FLUSH_NEVER, Options, verdict};
use crate::driver::Driver;
use crate::lake;
use crate::report::Report;
use crate::request::{HEAVY_FIRST, PLAIN_FIRST};
use crate::server::{Program, Server, beside};
use crate::strace::{self, Attached, Point};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const FLUSH_MAX: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(10);
/// After a commit is seen: the log lets go and the buffer is emptied.
const SETTLE: Duration = Duration::from_millis(200);
const END_MAX: Duration = Duration::from_secs(2);
/// So many small data files become one.
const FILES: usize = 4;
/// Two threads may share the calls on a file in another way than when they were recorded.
const TRIES_MAX: u64 = 4;
/// Enough for a second segment of the log.
const HEAVY_REQUESTS: u64 = 6;

/// SIGKILL at every call that changes the disk: each write, sync, rename, unlink of short scenes
///
/// A scene is recorded once under strace and then played again for each point of the recording, with
/// SIGKILL in the place of that call; then the server is started again and everything is read back.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// Scenes to play; all of them when none is named
    #[arg(value_enum)]
    pub(crate) scenes: Vec<Scene>,
    /// Take one point in so many, another one with each seed: for a quick look
    #[arg(long, default_value_t = 1)]
    pub(crate) stride: u64,
}

/// What happens while the tracer looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Scene {
    /// A start on an empty directory, and one request
    Create,
    /// Two requests, each with a flush and its commit
    Flush,
    /// Four data files that become one
    Compact,
    /// Requests of megabytes, until the log begins another segment
    Rotate,
    /// A start after a kill: replay, flush, commit, trim
    Replay,
    /// SIGTERM with spans in the buffer: drain, flush, close
    Close,
}

const SCENES: [Scene; 6] = [
    Scene::Create,
    Scene::Flush,
    Scene::Compact,
    Scene::Rotate,
    Scene::Replay,
    Scene::Close,
];

pub(crate) async fn run(options: &Options, args: &Args, program: &Program) -> Result<Report> {
    strace::check()?;
    let mut report = Report::new("points", options.seed);
    let scenes = if args.scenes.is_empty() {
        &SCENES[..]
    } else {
        &args.scenes
    };
    let (mut tried, mut reached) = (0_u64, 0_u64);
    for scene in scenes {
        let points = record(options, program, *scene).await?;
        let chosen = points
            .iter()
            .zip(0..)
            .filter(|(_, at)| (at + options.seed).is_multiple_of(args.stride.max(1)));
        for (point, _) in chosen {
            tried += 1;
            let before = report.findings.failures();
            let mut killed = false;
            for _ in 0..TRIES_MAX {
                killed = play(options, program, *scene, point, &mut report).await?;
                if killed {
                    break;
                }
            }
            if killed {
                reached += 1;
            } else {
                println!(
                    "  {scene:?}: not reached: {} {} of {:?}",
                    point.call, point.n, point.path
                );
            }
            if report.findings.failures() > before {
                report.findings.say(format!(
                    "{scene:?}, at {} {} of {:?}",
                    point.call, point.n, point.path
                ));
            }
        }
        println!("  scene {scene:?}: {} points", points.len());
    }
    report.figure("points", tried);
    report.figure("killed_there", reached);
    Ok(report)
}

/// The points of a scene.
async fn record(options: &Options, program: &Program, scene: Scene) -> Result<Vec<Point>> {
    let directory = options.directory()?;
    // strace tells real paths.
    let data = directory.path().canonicalize()?.join("data");
    let log = beside(&data, "strace");
    let driver = options.driver();
    act(scene, program, &driver, &data, strace::recording(&log)).await?;
    let recording = fs::read(&log).with_context(|| format!("could not read {}", log.display()))?;
    let mut points = strace::points(&String::from_utf8_lossy(&recording), &data);
    // What a query spills has a random name, and nobody misses it.
    points.retain(|point| !point.path.starts_with("spill"));
    Ok(points)
}

/// Plays a scene up to a point, and judges what is left; whether the point was reached.
async fn play(
    options: &Options,
    program: &Program,
    scene: Scene,
    point: &Point,
    report: &mut Report,
) -> Result<bool> {
    let directory = options.directory()?;
    let data = directory.path().canonicalize()?.join("data");
    let driver = options.driver();
    let killed = act(
        scene,
        program,
        &driver,
        &data,
        strace::killing(point, &data),
    )
    .await?;
    verdict(program, &driver, &data, report).await?;
    Ok(killed)
}

/// Plays a scene under a tracer; whether the server was gone before the scene was over.
async fn act(
    scene: Scene,
    program: &Program,
    driver: &Arc<Driver>,
    data: &Path,
    tracer: Vec<String>,
) -> Result<bool> {
    let aged = |flush_age| Program {
        flush_age,
        ..program.clone()
    };
    let (quick, slow) = (aged(FLUSH_AGE), aged(FLUSH_NEVER));
    let mut stage = Stage {
        driver,
        data,
        next: 0,
        unheard: false,
    };
    match scene {
        Scene::Create => {
            let Ok(mut server) = strace::started(&slow, data, &tracer) else {
                return Ok(true);
            };
            stage.request(&server).await?;
            Ok(stage.is_gone(&mut server))
        }
        Scene::Replay => {
            let server = slow.start(data)?;
            stage.request(&server).await?;
            stage.request(&server).await?;
            server.kill();
            let Ok(mut server) = strace::started(&quick, data, &tracer) else {
                return Ok(true);
            };
            stage.request(&server).await?;
            stage.flushed(&mut server, 1).await?;
            Ok(stage.is_gone(&mut server))
        }
        Scene::Flush => {
            let mut server = quick.start(data)?;
            let tracer = Attached::to(&server, &tracer)?;
            for files in 1..=2 {
                stage.request(&server).await?;
                stage.flushed(&mut server, files).await?;
            }
            Ok(stage.over(server, tracer))
        }
        Scene::Compact => stage.compaction(&quick, &tracer).await,
        Scene::Rotate => {
            let server = slow.start(data)?;
            let tracer = Attached::to(&server, &tracer)?;
            stage.heavy_requests(&server).await?;
            stage.request(&server).await?;
            Ok(stage.over(server, tracer))
        }
        Scene::Close => {
            let mut server = slow.start(data)?;
            stage.request(&server).await?;
            let tracer = Attached::to(&server, &tracer)?;
            server.terminate()?;
            let status = server.wait(FLUSH_MAX)?;
            drop(tracer);
            Ok(!status.success())
        }
    }
}

/// Where a scene is played.
struct Stage<'a> {
    driver: &'a Driver,
    data: &'a Path,
    next: u64,
    /// The last request got no yes.
    unheard: bool,
}

impl Stage<'_> {
    /// As many flushes as make a compaction due, the last of them and the compaction under the tracer.
    async fn compaction(&mut self, program: &Program, tracer: &[String]) -> Result<bool> {
        let mut server = program.start(self.data)?;
        for files in 1..FILES {
            self.request(&server).await?;
            self.flushed(&mut server, files).await?;
        }
        let tracer = Attached::to(&server, tracer)?;
        self.request(&server).await?;
        self.compacted(&mut server).await?;
        Ok(self.over(server, tracer))
    }

    async fn request(&mut self, server: &Server) -> Result<()> {
        let b = PLAIN_FIRST + self.next;
        self.unheard = !self.driver.send_one(server.addresses, b).await?;
        self.next += 1;
        Ok(())
    }

    /// Whether the server is gone. Its connections end a little before its process does, and that
    /// before the tracer's.
    fn is_gone(&self, server: &mut Server) -> bool {
        (self.unheard && server.wait(END_MAX).is_ok()) || !server.is_running()
    }

    async fn heavy_requests(&self, server: &Server) -> Result<()> {
        for at in 0..HEAVY_REQUESTS {
            self.driver
                .send_one(server.addresses, HEAVY_FIRST + at)
                .await?;
        }
        Ok(())
    }

    /// Ends a scene; whether the server was gone before. The tracer ends with the server.
    fn over(&self, mut server: Server, tracer: Attached) -> bool {
        let killed = self.is_gone(&mut server);
        server.kill();
        drop(tracer);
        killed
    }

    /// Waits until the catalog has `files` data files, or the server is gone.
    async fn flushed(&self, server: &mut Server, files: usize) -> Result<()> {
        self.until(server, |committed| committed.len() >= files)
            .await
    }

    /// Waits until all rows of the scene are in one data file, or the server is gone.
    async fn compacted(&self, server: &mut Server) -> Result<()> {
        self.until(server, |committed| committed.len() == 1).await
    }

    async fn until(
        &self,
        server: &mut Server,
        is_so: impl Fn(&[lake::DataFile]) -> bool,
    ) -> Result<()> {
        let deadline = Instant::now() + FLUSH_MAX;
        while server.is_running() && Instant::now() < deadline {
            if lake::files(self.data)
                .await
                .is_ok_and(|committed| is_so(&committed))
            {
                tokio::time::sleep(SETTLE).await;
                return Ok(());
            }
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }
}
