//! One frame of the window: takes the newest picture, reports it and the time to the session, lays out the screens and
//! carries out their actions, then dresses the picture and draws both.

use std::time::{Duration, Instant};

use egui::Rect;
use winit::dpi::PhysicalSize;
use winit::event_loop::{ActiveEventLoop, ControlFlow};

use super::Mirror;
use super::device::Attempt;
use super::display::{Drawn, LaidOut};
use super::live_view::{FacePlaces, Moment};
use crate::app::pulse::Sign;
use crate::app::surface::{Loss, Outcome, Region};
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::session::{Report, Screen};
use crate::ui::stage::Stage;

/// Smaller windows show the picture alone.
const LEAST_PX: f32 = 240.0;
/// The least pause between two looks at what is due while nothing can be drawn.
const UNDRAWN: Duration = Duration::from_millis(4);
/// egui's longest delays mean never.
const NEVER: Duration = Duration::from_secs(3600);

impl Mirror {
    /// Lets the session go on, and draws if the window, the device and the display allow it.
    pub(super) fn redraw(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        let now = self.now();
        self.tick(now)?;
        if self.display.size().is_none() {
            self.schedule_undrawn(event_loop);
            return Ok(());
        }
        if self.display.is_paused() || (self.display.surface().is_none() && !self.renew_device(event_loop, now)?) {
            self.schedule_undrawn(event_loop);
            return Ok(());
        }
        let Some((laid, picture)) = self.lay_out(now)? else { return Ok(()) };
        self.draw(event_loop, &laid, picture, now)
    }

    /// Reports to the session what happened, drawn or not: it must end in time even while nothing can be shown.
    pub(super) fn tick(&mut self, now: Duration) -> Result<(), AppError> {
        if self.logged.replace(self.session.screen()) != Some(self.session.screen()) {
            log::info!("screen: {:?}", self.session.screen());
        }
        self.take_newest(now)?;
        self.poll(now)?;
        self.report(Report::Time, now)?;
        self.live.no_picture = self.lacks_picture(Instant::now());
        Ok(())
    }

    /// Lays out the screen and does what was touched. Returns the place of the live picture, in points.
    fn lay_out(&mut self, now: Duration) -> Result<Option<(LaidOut, Option<Rect>)>, AppError> {
        if self.session.timings() {
            self.live.timings = self.meter.lines();
        }
        self.live.look_name = match self.session.screen() {
            Screen::Attract => self.shop.attract_look(now).0.map(|look| look.name.clone()),
            _ => None,
        };
        self.live.agreed_today = self.shop.agreed_today();
        let stage = Stage {
            session: &self.session,
            catalogue: &self.shop.catalogue,
            settings: &self.shop.settings,
            locale: self.shop.locale(self.session.language()),
            models: &self.shop.models,
            live: &self.live,
            pictures: self.stills.pictures(),
            now,
        };
        let (mut actions, mut picture) = (Vec::new(), None);
        let laid = self.display.lay_out(self.options.window.kiosk, |ui| {
            // Of the size that is laid out, not of an earlier one: the window may shrink at any moment.
            let place = ui.ctx().content_rect();
            if place.width().min(place.height()) * ui.ctx().pixels_per_point() < LEAST_PX {
                picture = Some(place);
                return;
            }
            let shown = self.screens.show(ui, &stage);
            (actions, picture) = (shown.actions, shown.picture);
        });
        let Some(mut laid) = laid else { return Ok(None) };
        if !actions.is_empty() {
            // What a touch changed is shown in the next frame.
            laid.again = Some(Duration::ZERO);
        }
        for action in actions {
            self.act(action, now)?;
        }
        Ok(Some((laid, picture)))
    }

    fn draw(
        &mut self,
        event_loop: &ActiveEventLoop,
        laid: &LaidOut,
        picture: Option<Rect>,
        now: Duration,
    ) -> Result<(), AppError> {
        let Some(size) = self.display.size() else { return Ok(()) };
        let Some(surface) = self.display.surface_mut() else {
            // The action ended the session, so the device was given back.
            self.display.request_redraw();
            return Ok(());
        };
        surface.resize(size.width, size.height);
        self.live_view.fit_to(laid.size.into());
        let started = Instant::now();
        let region = picture.map(|rect| region_of(rect, laid.painted.pixels_per_point, size));
        let animating = region.map(|region| self.prepare(region, now)).transpose();
        let animating = self.outlive(animating)?.flatten().unwrap_or(false);
        let prepared = Instant::now();
        self.meter.note_prepared(prepared - started);
        let region = region.filter(|_| self.live_view.is_prepared() && !self.live.no_picture);
        let Some(Drawn { outcome, snapshot }) = self.display.draw(region, &laid.painted) else { return Ok(()) };
        if let Some(snapshot) = snapshot {
            match self.outlive(snapshot)? {
                Some(snapshot) => self.save(snapshot),
                None => self.report(Report::PictureLost, now)?,
            }
        }
        match outcome {
            Outcome::Shown => self.note_shown(event_loop, prepared),
            Outcome::Again(_) => {
                self.schedule_undrawn(event_loop);
                return Ok(());
            }
            Outcome::Lost(loss) => {
                self.lose(&loss);
                self.schedule_undrawn(event_loop);
                return Ok(());
            }
        }
        let tile = self.draw_tile();
        let more = self.outlive(tile)?.unwrap_or(false);
        let again = if animating || more { Some(Duration::ZERO) } else { laid.again };
        self.schedule(event_loop, again);
        Ok(())
    }

    /// Uploads and dresses the newest picture. True while something moves by itself.
    fn prepare(&mut self, region: Region, now: Duration) -> Result<bool, AppError> {
        let pixels_per_point = self.display.context().pixels_per_point();
        let (Some(surface), Some(seen)) = (self.display.surface_mut(), self.feed.current()) else { return Ok(false) };
        let (serial, light) = (self.feed.serial(), self.options.light);
        let moment = Moment { seen, serial, session: &self.session, shop: &self.shop, light, now };
        let mut faces = FacePlaces { faces: &mut self.live.faces, pixels_per_point };
        self.live_view.prepare(surface, &moment, region, &mut faces)
    }

    fn note_shown(&mut self, event_loop: &ActiveEventLoop, prepared: Instant) {
        if !std::mem::replace(&mut self.shown, true) {
            (self.signs)(Sign::Shown);
        }
        let fresh = self.feed.take_fresh();
        let seen = self.feed.current();
        let counted = fresh || (self.feed.is_last() && seen.is_some());
        self.meter.note_shown(prepared, seen.filter(|_| fresh), counted);
        if self.meter.has_enough() {
            event_loop.exit();
        } else if self.meter.ends() && self.feed.is_last() {
            // A photo brings no new frames: redraw, so that `--frames` still ends.
            self.display.request_redraw();
        }
    }

    /// Drops what draws; it is made anew when that is due.
    fn lose(&mut self, loss: &Loss) {
        self.display.lose(loss);
        self.live_view.forget_prepared();
    }

    /// Takes a failure of the GPU as the loss of its device: `None`. Every other error remains one.
    pub(super) fn outlive<T>(&mut self, done: Result<T, AppError>) -> Result<Option<T>, AppError> {
        match done {
            Err(error) if error.is_gpu_failure() => {
                self.lose(&Loss::Gpu(error.to_string()));
                Ok(None)
            }
            done => done.map(Some),
        }
    }

    /// Tries to get a new device after a loss, or after the end of a session. True if there is one.
    fn renew_device(&mut self, event_loop: &ActiveEventLoop, now: Duration) -> Result<bool, AppError> {
        if let Attempt::Later(_) = self.display.renew_device(event_loop)? {
            return Ok(false);
        }
        // The textures of the old one are gone.
        self.live_view.forget_prepared();
        self.screens.clear_textures();
        self.stills.reset();
        let proxy = self.proxy.clone();
        self.shop.renew_pictures(move || drop(proxy.send_event(Wake::Shop)));
        if self.session.screen() == Screen::Changed {
            let explained = self.explain(now);
            self.outlive(explained)?;
        }
        Ok(self.display.surface().is_some())
    }

    /// Sets the event loop to wake when something is due, after a frame was drawn.
    fn schedule(&self, event_loop: &ActiveEventLoop, again: Option<Duration>) {
        let again = again.filter(|delay| *delay < NEVER);
        let flow = match [again, self.next_due()].into_iter().flatten().min() {
            Some(Duration::ZERO) => {
                self.display.request_redraw();
                ControlFlow::Wait
            }
            Some(delay) => ControlFlow::wait_duration(delay),
            None => ControlFlow::Wait,
        };
        event_loop.set_control_flow(flow);
    }

    /// The same where nothing was drawn: what is due may stay so until something can be.
    fn schedule_undrawn(&self, event_loop: &ActiveEventLoop) {
        event_loop.set_control_flow(match self.next_due() {
            Some(delay) => ControlFlow::wait_duration(delay.max(UNDRAWN)),
            None => ControlFlow::Wait,
        });
    }

    /// When the session, the attract screen or the display need a frame.
    fn next_due(&self) -> Option<Duration> {
        let now = self.now();
        let attract = (self.session.screen() == Screen::Attract).then(|| self.shop.attract_due(now));
        let own = [self.session.next_tick(), self.live_view.next_hint(now), attract];
        let own = own.into_iter().flatten().min().map(|due| due.saturating_sub(now));
        let display = self.display.next_due().map(|due| due.saturating_duration_since(Instant::now()));
        [own, display].into_iter().flatten().min()
    }
}

fn region_of(rect: Rect, pixels_per_point: f32, size: PhysicalSize<u32>) -> Region {
    let px = |points: f32, most: u32| ((points * pixels_per_point).round().max(0.0) as u32).min(most);
    let (x, y) = (px(rect.left(), size.width - 1), px(rect.top(), size.height - 1));
    let (right, bottom) = (px(rect.right(), size.width), px(rect.bottom(), size.height));
    Region { x, y, width: right.saturating_sub(x).max(1), height: bottom.saturating_sub(y).max(1) }
}
