#!/usr/bin/env python3
"""Make the bundled demo clip: one public-domain portrait, animated.

    python3 -m venv .venv && .venv/bin/pip install -r assets/clips/requirements.txt
    .venv/bin/python assets/clips/make_portrait_clip.py

Reads   assets/stills/astronaut.png, assets/stills/astronaut.landmarks.json
Writes  assets/clips/portrait.avi         motion JPEG in AVI, loops seamlessly
        assets/clips/portrait.truth.json  where the 468 mesh points really are

How: the face is first deformed in the still's own plane (blink, jaw, smile to
neutral) with the eyes and the inside of the mouth as layers *behind* holes in
the skin, so that eyeballs and teeth never stretch. The result is then moved as
a relief in 3-D (yaw, pitch, roll, nearer, further). Both steps are smooth
fields inverted by Newton's method, so nothing tears; the script stops if the
turning head would fold. Every frame's points come out of the same fields.

Same input, same pinned packages: same bytes. No clock, no unseeded chance,
one thread.
"""
import argparse
import io
import json
import struct
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
STILLS = HERE.parent / "stills"

W, H = 960, 720          # the clip's frame
FPS = 25
FRAMES = 150
QUALITY = 51             # JPEG
SCALE = 2.85             # clip pixels per still pixel, at rest
CENTRE = (225.0, 110.0)  # the still's point at the frame's centre, at rest
X0, Y0, TW, TH = 50, -50, 350, 340  # the part of the still that is used
K = 4                    # working pixels per still pixel
DIST = 620.0             # camera distance in still pixels
PIVOT = np.array([222.0, 140.0, 44.0])  # what the head turns about (neck)

EYES = (
    dict(up=[246, 161, 160, 159, 158, 157, 173], lo=[7, 163, 144, 145, 153, 154, 155],
         ends=(33, 133), up2=[247, 30, 29, 27, 28, 56, 190],
         up3=[113, 225, 224, 223, 222, 221, 189], lo2=[25, 110, 24, 23, 22, 26, 112]),
    dict(up=[466, 388, 387, 386, 385, 384, 398], lo=[249, 390, 373, 374, 380, 381, 382],
         ends=(263, 362), up2=[467, 260, 259, 257, 258, 286, 414],
         up3=[342, 445, 444, 443, 442, 441, 413], lo2=[255, 339, 254, 253, 252, 256, 341]),
)
UP_IN = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308]
LO_IN = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308]
UP_MID = [62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292]
LO_MID = [62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292]
UP_MID2 = [76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306]
LO_MID2 = [76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306]
UP_OUT = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291]
LO_OUT = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291]
OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378,
        400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54,
        103, 67, 109]

# Outlines in the still, drawn by hand; both are used with soft edges only.
HEAD = np.array([(154, 72), (155, 56), (166, 45), (188, 33), (199, 24), (215, 18), (232, 15),
                 (252, 18), (270, 27), (287, 42), (298, 60), (302, 82), (300, 105), (291, 122),
                 (281, 129), (275, 138), (266, 139), (262, 155), (256, 172), (240, 180),
                 (222, 184), (204, 180), (187, 165), (182, 148), (181, 134), (172, 129),
                 (169, 119), (159, 108), (154, 93)], np.float64)
PERSON = np.array([(154, 72), (155, 56), (166, 45), (188, 33), (199, 24), (215, 18), (232, 15),
                   (252, 18), (270, 27), (287, 42), (298, 60), (302, 82), (300, 105), (291, 122),
                   (281, 129), (275, 138), (266, 139), (262, 155), (257, 172), (272, 181),
                   (290, 200), (302, 225), (308, 236), (330, 248), (352, 275), (362, 330),
                   (38, 330), (50, 292), (72, 256), (101, 228), (115, 210), (113, 186),
                   (126, 174), (136, 158), (155, 148), (184, 146), (182, 148), (181, 134),
                   (172, 129), (169, 119), (159, 108), (154, 93)], np.float64)


def smooth(x, a, b):
    t = np.clip((np.asarray(x, np.float64) - a) / (b - a), 0, 1)
    return t * t * t * (t * (6 * t - 15) + 10)


def rbf(points, values, grid, c, ease):
    """Multiquadric fit with a constant term; `ease` lets it miss close pairs that disagree."""
    n = len(points)
    a = np.zeros((n + 1, n + 1))
    d = points[:, None] - points[None]
    a[:n, :n] = -np.sqrt((d * d).sum(-1) + c * c) + np.eye(n) * ease
    a[n, :n] = a[:n, n] = 1
    w = np.linalg.solve(a, np.vstack([values, np.zeros((1, values.shape[1]))]))
    out = np.empty((len(grid), values.shape[1]))
    for i in range(0, len(grid), 4096):
        d = grid[i:i + 4096, None] - points[None]
        out[i:i + 4096] = -np.sqrt((d * d).sum(-1) + c * c) @ w[:n] + w[n]
    return out


def grid_points(x0, y0, w, h, step):
    """Centres of cells of `step` still pixels: (h/step, w/step, 2)."""
    xs = x0 + (np.arange(int(w / step)) + 0.5) * step
    ys = y0 + (np.arange(int(h / step)) + 0.5) * step
    return np.stack(np.meshgrid(xs, ys), -1)


def sample(field, pts, x0, y0, step, interp=cv2.INTER_LINEAR):
    """Value of a cell grid at still points (any shape ..., 2)."""
    m = ((pts - (x0, y0)) / step - 0.5).astype(np.float32)
    flat = m.reshape(m.shape[0], -1, 2)
    out = cv2.remap(field.astype(np.float32), flat[..., 0].copy(), flat[..., 1].copy(), interp,
                    borderMode=cv2.BORDER_REPLICATE)
    return out.reshape(pts.shape[:-1] + field.shape[2:])


def invert(field, target, guess, x0, y0, step, rounds=9):
    """Points q with field(q) = target, by damped Newton steps."""
    gy, gx = np.gradient(field, step, axis=(0, 1))
    jac = np.concatenate([gx, gy], -1)  # fx_x, fy_x, fx_y, fy_y
    q = guess.copy()
    for _ in range(rounds):
        r = target - sample(field, q, x0, y0, step)
        j = sample(jac, q, x0, y0, step)
        det = np.maximum(j[..., 0] * j[..., 3] - j[..., 2] * j[..., 1], 0.12)
        s = np.stack([(r[..., 0] * j[..., 3] - r[..., 1] * j[..., 2]) / det,
                      (r[..., 1] * j[..., 0] - r[..., 0] * j[..., 1]) / det], -1)
        n = np.sqrt((s * s).sum(-1, keepdims=True))
        q += s * np.minimum(1.0, 6.0 / np.maximum(n, 1e-9)) * 0.9
    return q


def determinant(field, step):
    gy, gx = np.gradient(field, step, axis=(0, 1))
    return gx[..., 0] * gy[..., 1] - gx[..., 1] * gy[..., 0]


def spline(pts, n=12):
    """Closed Catmull-Rom curve through points."""
    p = np.asarray(pts)
    a, b, c, d = np.roll(p, 1, 0), p, np.roll(p, -1, 0), np.roll(p, -2, 0)
    t = (np.arange(n) / n)[:, None, None]
    out = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2
                 + (3 * b - a - 3 * c + d) * t ** 3)
    return out.transpose(1, 0, 2).reshape(-1, 2)


def fill(poly, x0, y0, w, h, k, soft):
    """Soft mask of a polygon given in still pixels, k working pixels each."""
    m = np.zeros((h * k, w * k), np.uint8)
    q = ((np.asarray(poly) - (x0, y0)) * k - 0.5) * 16
    cv2.fillPoly(m, [np.round(q).astype(np.int32)], 255, cv2.LINE_AA, 4)
    m = m.astype(np.float32) / 255
    return cv2.GaussianBlur(m, (0, 0), soft * k) if soft else m


# ---------------------------------------------------------------- the still

def load():
    rgb = np.asarray(Image.open(STILLS / "astronaut.png").convert("RGB")).astype(np.float32)
    lm = np.array(json.loads((STILLS / "astronaut.landmarks.json").read_text())["landmarks_px"])
    pad = 60
    big = cv2.copyMakeBorder(rgb, pad, pad, pad, pad, cv2.BORDER_REFLECT_101)
    return big[Y0 + pad:Y0 + pad + TH, X0 + pad:X0 + pad + TW], lm


def backdrop(crop):
    """A plain studio backdrop: the still's own, without flag and model, smoothed."""
    person = fill(PERSON, X0, Y0, TW, TH, 1, 0)
    d = cv2.distanceTransform((person < 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    g = grid_points(X0, Y0, TW, TH, 1)
    ok = ((d > 6) & (g[..., 0] < 335) & (g[..., 0] > 104) & (g[..., 1] > 3)).astype(np.float32)
    num, den = np.zeros_like(crop), np.full(ok.shape, 1e-9, np.float32)
    for s, wt in ((14, 1.0), (40, 1e-2), (90, 1e-4)):
        num += wt * cv2.GaussianBlur(crop * ok[..., None], (0, 0), s, borderType=cv2.BORDER_REPLICATE)
        den += wt * cv2.GaussianBlur(ok, (0, 0), s, borderType=cv2.BORDER_REPLICATE)
    plate = cv2.GaussianBlur(num / den[..., None], (0, 0), 6)
    alpha = 1 - smooth(cv2.GaussianBlur(d, (0, 0), 1.5), 0.5, 6.5)
    return plate, alpha.astype(np.float32), d


def enlarge(crop):
    size = (TW * K, TH * K)
    big = cv2.resize(crop, size, interpolation=cv2.INTER_LANCZOS4)
    for _ in range(2):  # so that it shrinks back to the still exactly
        back = cv2.resize(big, (TW, TH), interpolation=cv2.INTER_AREA)
        big += 0.8 * cv2.resize(crop - back, size, interpolation=cv2.INTER_CUBIC)
    lum = big @ np.array([0.299, 0.587, 0.114], np.float32)
    fine = lum - cv2.GaussianBlur(lum, (0, 0), 3.2)
    fine = np.clip(fine, -22, 22)
    soft = cv2.bilateralFilter(np.clip(big, 0, 255), 9, 12, 3.0)  # calms the enlarged grain
    out = soft + 0.5 * fine[..., None]
    # no bright or dark rims: stay within what the still has close by
    box = np.ones((3, 3), np.uint8)
    lo = cv2.resize(cv2.erode(crop, box), size, interpolation=cv2.INTER_LINEAR)
    hi = cv2.resize(cv2.dilate(crop, box), size, interpolation=cv2.INTER_LINEAR)
    return np.clip(np.clip(out, lo - 5, hi + 5), 0, 255)


# ------------------------------------------------------------- expressions

RX, RY, RW, RH = 158, 62, 132, 170  # the region that expressions move
RS = 0.5


def expressions(lm):
    """Displacement fields of the still's plane, one per channel."""
    p = lm[:468, :2]
    n = len(p)
    up = np.array([0.03, -1.0])
    zero = np.zeros((n, 2))
    moves = {}
    for side, e in zip(("blink_a", "blink_b"), EYES):
        m = zero.copy()
        for i, (u, l) in enumerate(zip(e["up"], e["lo"])):
            m[u], m[l] = (p[l] - p[u]) * 0.74, (p[u] - p[l]) * 0.15
            m[e["up2"][i]] = m[u] * 0.62
            m[e["up3"][i]] = m[u] * 0.10
            m[e["lo2"][i]] = m[l] * 0.35
        moves[side] = (m, np.ones(n, bool))
    # lips close, the smile relaxes
    m, keep = zero.copy(), np.ones(n, bool)
    mid = (p[13] + p[14]) / 2
    half = np.linalg.norm(p[291] - p[61]) / 2
    right = (p[291] - p[61]) / (2 * half)
    down = np.array([-right[1], right[0]])
    for i in range(11):
        f = np.clip(((p[UP_IN[i]] + p[LO_IN[i]]) / 2 - mid) @ right / half, -1, 1)
        s = -0.20 * half * np.sin(f * np.pi / 2) * right  # narrower
        u, l = p[UP_IN[i]], p[LO_IN[i]]
        gap = (l - u) @ down
        lift = down * (3.0 * abs(f) ** 2.0)                # corners come down
        up_in = s + lift + down * (gap * 0.45)
        lo_in = s + lift - down * (gap * 0.39)
        up_out = s + lift + down * (0.10 * gap)
        lo_out = s + lift * 0.8 + down * (-0.10 * gap)
        for row, a, b, t in ((UP_IN, up_in, up_out, 0), (UP_MID, up_in, up_out, 0.2),
                             (UP_MID2, up_in, up_out, 0.55), (UP_OUT, up_in, up_out, 1.0),
                             (LO_IN, lo_in, lo_out, 0), (LO_MID, lo_in, lo_out, 0.2),
                             (LO_MID2, lo_in, lo_out, 0.55), (LO_OUT, lo_in, lo_out, 1.0)):
            m[row[i]] = a + (b - a) * t
    lips = np.array(sorted(set(UP_IN + LO_IN + UP_MID + LO_MID + UP_MID2 + LO_MID2 + UP_OUT + LO_OUT)))
    d = np.sqrt(((p[:, None] - p[None, lips]) ** 2).sum(-1)).min(1)
    keep[(d > 0.1) & (d < 17) & (p[:, 1] > 128)] = False
    moves["neutral"] = (m, keep)
    # the jaw
    m, keep = zero.copy(), np.ones(n, bool)
    u = ((p - mid) @ right) / 46
    v = (p - mid) @ down
    drop = 10.5
    m[:] = (smooth(v, 3, 14) * (1 - 0.80 * smooth(np.abs(u), 0.30, 1.0)))[:, None] * down * drop
    for i in range(11):
        for row in (LO_IN, LO_MID, LO_MID2, LO_OUT):
            f = np.clip((p[row[i]] - mid) @ right / half, -1, 1)
            edge = 0.36 + 0.64 * (1 - abs(f) ** 2.2)
            m[row[i]] = down * drop * edge - 0.085 * half * np.sin(f * np.pi / 2) * right
        for row in (UP_IN, UP_MID, UP_MID2, UP_OUT):
            f = np.clip((p[row[i]] - mid) @ right / half, -1, 1)
            m[row[i]] = (down * (drop * 0.36 * abs(f) ** 3.0 - 0.5 * (1 - abs(f)))
                         - 0.085 * half * np.sin(f * np.pi / 2) * right)
    keep[(d > 0.1) & (d < 9) & (v < 4) & (np.abs(u) > 0.2)] = False
    moves["jaw"] = (m, keep)
    # brows, a little
    m, keep = zero.copy(), np.ones(n, bool)
    for i in (70, 63, 105, 66, 107, 46, 53, 52, 65, 55, 300, 293, 334, 296, 336, 276, 283, 282, 295, 285):
        m[i] = up * 2.0
    keep[[68, 104, 69, 108, 151, 337, 299, 333, 298, 71, 301, 8, 9, 124, 156, 353, 383]] = False
    moves["brow"] = (m, keep)

    t = np.linspace(0, 1, 24, endpoint=False)[:, None]
    border = np.vstack([np.hstack([RX + RW * t, np.full_like(t, RY)]),
                        np.hstack([RX + RW * t, np.full_like(t, RY + RH)]),
                        np.hstack([np.full_like(t, RX), RY + RH * t]),
                        np.hstack([np.full_like(t, RX + RW), RY + RH * t])])
    g = grid_points(RX, RY, RW, RH, RS)
    e = np.minimum(np.minimum(g[..., 0] - RX, RX + RW - g[..., 0]),
                   np.minimum(g[..., 1] - RY, RY + RH - g[..., 1]))
    fade = smooth(e, 0, 12)[..., None]
    out = {}
    for name, (m, keep) in moves.items():
        pts = np.vstack([p[keep], border])
        val = np.vstack([m[keep], np.zeros((len(border), 2))])
        f = rbf(pts, val, g.reshape(-1, 2), 1.5, 0.06).reshape(g.shape)
        out[name] = cv2.GaussianBlur(f * fade, (0, 0), 0.7 / RS)
    return g, out


class Face:
    """The still at working size, its layers, and the fields that move it."""

    def __init__(self):
        crop, self.lm = load()
        plate, alpha, dist = backdrop(crop)
        big = enlarge(crop)
        a = cv2.resize(alpha, (TW * K, TH * K), interpolation=cv2.INTER_CUBIC).clip(0, 1)[..., None]
        self.tex = big * a + cv2.resize(plate, (TW * K, TH * K), interpolation=cv2.INTER_CUBIC) * (1 - a)
        # the scan's bright rim around hair and collar
        inside = cv2.distanceTransform(fill(PERSON, X0, Y0, TW, TH, 1, 0).round().astype(np.uint8), cv2.DIST_L2, 5)
        rim = cv2.resize((1 - smooth(cv2.GaussianBlur(inside, (0, 0), 0.8), 0.5, 5)).astype(np.float32), (TW * K, TH * K))
        lum = np.array([0.299, 0.587, 0.114], np.float32)
        over = np.maximum(self.tex @ lum - cv2.resize(plate @ lum, (TW * K, TH * K)), 0)
        self.tex = self.tex - (over * rim)[..., None]
        # a lens focused on the face: hair, collar and suit go a little soft
        oval = fill(self.lm[OVAL, :2], X0, Y0, TW, TH, 1, 0)
        away = cv2.distanceTransform((oval < 0.5).astype(np.uint8), cv2.DIST_L2, 5)
        away = cv2.resize((0.9 * smooth(cv2.GaussianBlur(away, (0, 0), 2), 3, 32)).astype(np.float32), (TW * K, TH * K))[..., None]
        self.tex = self.tex * (1 - away) + cv2.GaussianBlur(self.tex, (0, 0), 0.75 * K) * away
        self.dist = dist
        self.g, self.moves = expressions(self.lm)
        p = self.lm[:468, :2]
        self.holes = [np.array([e["ends"][0]] + e["up"] + [e["ends"][1]] + e["lo"][::-1]) for e in EYES]
        self.mouth = np.array(UP_IN + LO_IN[-2:0:-1])
        ox, oy = (RX - X0) * K, (RY - Y0) * K
        self.roi = (slice(oy, oy + RH * K), slice(ox, ox + RW * K))
        src = self.tex[self.roi]
        u8 = np.round(src).astype(np.uint8)
        holes = [fill(spline(p[h]), RX, RY, RW, RH, K, 0) for h in self.holes]
        mouth = fill(spline(p[self.mouth]), RX, RY, RW, RH, K, 0)
        ell = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))

        # skin without what is behind it
        eye = (np.maximum(*holes) > 0.1).astype(np.uint8)
        skin = cv2.inpaint(u8, cv2.dilate(eye, np.ones((3, 3), np.uint8)), 6, cv2.INPAINT_TELEA)
        lip = cv2.dilate((mouth > 0.05).astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)))
        skin = cv2.inpaint(skin, lip, 6, cv2.INPAINT_TELEA)
        skin = skin.astype(np.float32)
        for hole, e in zip(holes, EYES):  # lid, not lashes and white, where the eye was
            lid = sample(src, p[e["up3"][2:6]][None], RX, RY, 1.0 / K)[0].mean(0) * 0.93
            a = cv2.GaussianBlur(hole, (0, 0), 0.35 * K)[..., None] * 0.85
            skin = skin * (1 - a) + lid * a
        lips = sample(src, p[[0, 37, 267, 72, 302, 11]][None], RX, RY, 1.0 / K)[0].mean(0) * 0.9
        a = cv2.GaussianBlur(mouth, (0, 0), 0.3 * K)[..., None] * 0.7
        self.skin = skin * (1 - a) + lips * a

        # eyes: the white goes on under the lids
        inner = cv2.erode((np.maximum(*holes) > 0.9).astype(np.uint8), ell)
        near = cv2.dilate(eye, np.ones((21, 21), np.uint8))
        eyes = cv2.inpaint(u8, ((near > 0) & (inner == 0)).astype(np.uint8), 5, cv2.INPAINT_TELEA)
        self.eyes = eyes.astype(np.float32)

        # the inside of the mouth: dark, a hint of tongue, the upper teeth
        q = grid_points(RX, RY, RW, RH, 1.0 / K)
        mid = (p[13] + p[14]) / 2
        dx, dy = q[..., 0] - mid[0], q[..., 1] - mid[1]
        dark = np.ones(q.shape[:2] + (1,), np.float32) * np.array([46, 20, 20], np.float32)
        tongue = np.exp(-((dx / 11) ** 2 + ((dy - 15.5) / 5.5) ** 2) * 1.2)[..., None].astype(np.float32)
        dark = dark * (1 - 0.75 * tongue) + 0.75 * tongue * np.array([128, 62, 60], np.float32)
        teeth_in = cv2.erode((mouth > 0.8).astype(np.uint8), ell)
        wide = cv2.dilate((mouth > 0.1).astype(np.uint8), np.ones((25, 25), np.uint8))
        teeth = cv2.inpaint(u8, ((wide > 0) & (teeth_in == 0)).astype(np.uint8), 5, cv2.INPAINT_TELEA)
        # the row's lower edge: just above the lower lip of the smile, slightly scalloped
        lo = np.array([p[i] for i in LO_IN])
        up_ = np.array([p[i] for i in UP_IN])
        edge = np.interp(q[0, :, 0], lo[:, 0], lo[:, 1])
        edge = cv2.GaussianBlur(edge.reshape(1, -1), (0, 0), 2.0 * K)[0] - 0.35
        edge = edge - 0.35 * np.abs(np.sin((q[0, :, 0] - mid[0]) * np.pi / 4.9)) ** 6
        body = 1 - smooth(q[..., 1] - edge[None], -0.45, 0.45)
        side = 1 - smooth(np.abs(dx), 12.5, 17.5)
        row = (body * side)[..., None].astype(np.float32)
        shade = (1 - 0.22 * smooth(np.abs(dx), 5, 16))[..., None].astype(np.float32)
        self.inside = dark * (1 - row) + teeth.astype(np.float32) * row * shade

        self.relief()

    def relief(self):
        p = self.lm[:468]
        centre = np.array([226.0, 108.0])
        pts, z = [p[:, :2]], [p[:, 2]]
        far = PIVOT[2] - 2
        out = spline(HEAD, 4)
        upper = out[out[:, 1] < 150]
        pts += [upper, centre + (upper - centre) * 1.25]
        z += [np.full(len(upper), far), np.full(len(upper), far)]
        for i in OVAL:  # hair between the face and the outline
            if p[i, 1] > 128:
                continue
            d = p[i, :2] - centre
            ang = np.arctan2(upper[:, 1] - centre[1], upper[:, 0] - centre[0]) - np.arctan2(d[1], d[0])
            o = upper[np.argmin(np.abs(np.angle(np.exp(1j * ang))))]
            for t in (0.3, 0.6, 0.85):
                pts.append((p[i, :2] + (o - p[i, :2]) * t)[None])
                z.append(np.array([p[i, 2] + (far - p[i, 2]) * t ** 1.7 - 3 * (1 - t)]))
        neck = np.array([(x, y) for y in (192, 204, 220, 240) for x in range(170, 290, 14)], float)
        pts.append(neck)
        z.append(np.full(len(neck), 30.0))
        low = np.array([(x, y) for y in (150, 175, 200, 235) for x in (100, 130, 160, 172, 276, 290, 320, 350)
                        if abs(x - 222) > 49 + max(0, 165 - y) * 0.3], float)
        pts.append(low)
        z.append(np.full(len(low), 38.0))
        g = grid_points(X0, Y0, TW, TH, 1)
        f = rbf(np.vstack(pts), np.concatenate(z)[:, None], g.reshape(-1, 2), 3.0, 1.5).reshape(TH, TW)
        f = np.clip(f, -30, far + 2)
        # no steeper than a turned head may be without hiding itself
        low_, high, steep = f.copy(), f.copy(), 1.25
        for i in range(1, 70):
            for a, b in ((slice(i, None), slice(None, -i)), (slice(None, -i), slice(i, None))):
                low_[:, a] = np.minimum(low_[:, a], f[:, b] + steep * i)
                high[:, a] = np.maximum(high[:, a], f[:, b] - steep * i)
        f = cv2.GaussianBlur(0.6 * low_ + 0.4 * high, (0, 0), 2.6)
        self.z = f
        head = fill(HEAD, X0, Y0, TW, TH, 1, 0)
        d = cv2.distanceTransform((head < 0.5).astype(np.uint8), cv2.DIST_L2, 5)
        self.wh = (1 - smooth(cv2.GaussianBlur(d, (0, 0), 3), 2, 75)) * (1 - smooth(g[..., 1], 168, 226))
        self.wh = cv2.GaussianBlur(self.wh, (0, 0), 4)
        self.wb = cv2.GaussianBlur(1 - smooth(self.dist, 0, 110), (0, 0), 4)
        self.grid = g
        fz = cv2.GaussianBlur(f, (0, 0), 2.5)
        gy, gx = np.gradient(fz)
        n = np.stack([gx, gy, -np.ones_like(gx)], -1)
        self.normal = n / np.linalg.norm(n, axis=-1, keepdims=True)

    # -- one frame

    def expression(self, s):
        """The texture with an expression, and the field that made it."""
        d = sum(self.moves[k] * s[k] for k in self.moves)
        field = self.g + d
        det = determinant(field, RS).min()
        q = invert(field, self.g, self.g - d, RX, RY, RS)
        q = cv2.resize(q.astype(np.float32), (RW * K, RH * K), interpolation=cv2.INTER_CUBIC)
        m = (q - (RX, RY)) * K - 0.5
        m = m.astype(np.float32)
        skin = cv2.remap(self.skin, m[..., 0].copy(), m[..., 1].copy(), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        p = self.lm[:468, :2]
        p = p + sample(d, p[None], RX, RY, RS)[0]
        out = skin
        for hole, blink in zip(self.holes, (s["blink_a"], s["blink_b"])):
            a = fill(spline(p[hole]), RX, RY, RW, RH, K, 0.22)[..., None]
            a = a * float(1 - smooth(blink, 0.70, 0.92))
            shade = 1 - 0.35 * min(1.0, 1.4 * blink)
            if abs(s["gaze"]).max() > 1e-3:
                sh = np.float32([[1, 0, s["gaze"][0] * K], [0, 1, s["gaze"][1] * K]])
                eyes = cv2.warpAffine(self.eyes, sh, (RW * K, RH * K), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
            else:
                eyes = self.eyes
            out = out * (1 - a) + eyes * shade * a
            if blink > 0.5:  # where the lashes meet
                e = p[hole]
                top, low = e[:9], np.vstack([e[8:], e[:1]])[::-1]
                line = spline_open((top + low) / 2)
                y = ribbon(line, 0.45, 0.60)
                lash = fill(y, RX, RY, RW, RH, K, 0.36)[..., None] * float(0.74 * smooth(blink, 0.6, 0.95))
                out = out * (1 - lash) + np.array([60, 38, 26], np.float32) * lash
        poly = p[self.mouth]
        gap = float(np.abs(p[LO_IN[3:8], 1] - p[UP_IN[3:8], 1]).mean())
        a = fill(spline(poly), RX, RY, RW, RH, K, 0.30) * float(smooth(gap, 1.7, 2.8))
        deep = cv2.GaussianBlur(a, (0, 0), 1.3 * K)
        ao = (0.55 + 0.45 * smooth(deep, 0.35, 0.95)) * (0.62 + 0.38 * float(smooth(gap, 0.8, 3.5)))
        out = out * (1 - a[..., None]) + self.inside * ao[..., None].astype(np.float32) * a[..., None]
        seam = float(1 - smooth(gap, 1.6, 3.0))
        if seam > 0.01:  # lips that touch: the line between them
            line = spline_open((p[UP_IN] + p[LO_IN]) / 2)
            m_ = fill(ribbon(line, 0.42, 0.38), RX, RY, RW, RH, K, 0.40)[..., None] * 0.80 * seam
            out = out * (1 - m_) + np.array([104, 46, 42], np.float32) * m_
        tex = self.tex.copy()
        tex[self.roi] = np.clip(out, 0, 255)
        return tex, p, det

    def move(self, pts, z, wh, wb, s):
        """Where still points go in the frame (still pixels, frame centre = CENTRE)."""
        y, x, r = np.radians([s["yaw"], s["pitch"], s["roll"]])
        c = np.array(CENTRE)
        k = (DIST + z) / DIST
        v = np.stack([(pts[..., 0] - c[0]) * k + c[0], (pts[..., 1] - c[1]) * k + c[1], z], -1) - PIVOT
        ry = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
        rx = np.array([[1, 0, 0], [0, np.cos(x), -np.sin(x)], [0, np.sin(x), np.cos(x)]])
        rz = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
        v = v @ (rz @ rx @ ry).T + PIVOT
        k = DIST / (DIST + v[..., 2])
        head = np.stack([(v[..., 0] - c[0]) * k + c[0], (v[..., 1] - c[1]) * k + c[1]], -1)
        q = pts + (head - pts) * wh[..., None]
        base = np.array([222.0, 150.0])
        r = np.radians(s["lean"])
        rot = np.array([[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]]) * s["near"]
        q = (q - base) @ rot.T + base + (s["tx"], s["ty"])
        return pts + (q - pts) * wb[..., None]

    def frame(self, s):
        tex, p, det_e = self.expression(s)
        field = self.move(self.grid, self.z, self.wh, self.wb, s)
        det_m = determinant(field, 1.0)[self.dist < 6].min()
        step = 6
        target = grid_points(0, 0, W, H, step)
        target = (target - (W / 2, H / 2)) / SCALE + CENTRE
        q = invert(field, target, (target - CENTRE) / s["near"] + CENTRE, X0, Y0, 1.0)
        # light that turns with the head, less than a lamp would
        y = np.radians(s["yaw"])
        lx, ly = 0.42 * s["light"] - 0.55 * np.sin(y), -0.35
        gain = 1 + 0.20 * ((self.normal[..., 0] * lx) * self.wh) * smooth(-self.dist, -6, 0)
        gain = sample(gain, q, X0, Y0, 1.0)
        gain = cv2.resize(gain.astype(np.float32), (W, H), interpolation=cv2.INTER_CUBIC)
        q = cv2.resize(q.astype(np.float32), (W, H), interpolation=cv2.INTER_CUBIC)
        m = ((q - (X0, Y0)) * K - 0.5).astype(np.float32)
        out = cv2.remap(tex, m[..., 0].copy(), m[..., 1].copy(), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        out = out * gain[..., None] * s["expo"]
        f = lambda a: sample(a, p[None], X0, Y0, 1.0)[0]
        pts = self.move(p, f(self.z), f(self.wh), f(self.wb), s)
        pts = (pts - CENTRE) * SCALE + (W / 2, H / 2)
        return out, pts, det_e, det_m


def spline_open(p, n=8):
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = (np.arange(n) / n)[:, None, None]
    a, b, c, d = p[:-3], p[1:-2], p[2:-1], p[3:]
    o = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
    return np.vstack([o.transpose(1, 0, 2).reshape(-1, 2), p[-2]])


def ribbon(line, above, below):
    """A stroke that thins towards its ends."""
    t = np.linspace(-1, 1, len(line))
    w = (1 - np.abs(t) ** 2.5)[:, None]
    return np.vstack([line - [0, above] * w, (line + [0, below] * w)[::-1]])


# ------------------------------------------------------------------ motion

def keys(ph, *kv):
    """Periodic curve through (phase, value) keys: eased, flat at the keys."""
    t = np.array([k for k, _ in kv])
    v = np.array([x for _, x in kv], float)
    i = np.searchsorted(t, ph % 1.0, "right") - 1
    a, b = t[i], (t[i + 1] if i + 1 < len(t) else t[0] + 1)
    return v[i] + (v[(i + 1) % len(v)] - v[i]) * float(smooth(ph % 1.0, a, b))


def blink(ph, at):
    """Shut in 3 frames, hold, open in 5."""
    f = ((ph - at + 0.5) % 1.0 - 0.5) * FRAMES
    return float(smooth(f, -3.5, -0.5) * (1 - smooth(f, 1.0, 6.5)))


def state(ph):
    w = 2 * np.pi * ph
    b = max(blink(ph, x) for x in (0.055, 0.315, 0.60, 0.865))
    yaw = keys(ph, (0, 0), (0.05, 0), (0.19, -27.5), (0.24, -27.5), (0.36, 0), (0.40, 1), (0.53, 29), (0.58, 29),
               (0.71, 2), (0.93, 0))
    yaw += 1.0 * np.sin(w * 3 + 0.4)
    pitch = keys(ph, (0, 0), (0.15, 2), (0.30, -2), (0.40, -8), (0.52, 1), (0.66, 8), (0.80, -3), (0.95, 0))
    roll = keys(ph, (0, -2), (0.20, 2), (0.40, -5), (0.56, -3), (0.72, 4.5), (0.86, 1))
    neutral = keys(ph, (0, 0), (0.09, 0), (0.17, 0.96), (0.34, 0.96), (0.39, 0.5), (0.50, 0.35), (0.60, 0.9),
                   (0.66, 0.75), (0.80, 0.6), (0.90, 0))
    jaw = keys(ph, (0, 0), (0.38, 0), (0.42, 0.32), (0.45, 0.12), (0.50, 0.05), (0.60, 0), (0.655, 0.05),
               (0.71, 0.86), (0.745, 0.86), (0.80, 0.15), (0.84, 0.3), (0.90, 0))
    return dict(
        yaw=yaw, pitch=pitch + 0.6 * np.sin(w * 4), roll=roll,
        tx=4.0 * np.sin(w + 0.5) + 0.20 * yaw, ty=1.5 * np.sin(2 * w + 1) + 0.12 * pitch,
        near=1.0 + keys(ph, (0, 0), (0.10, 0), (0.30, 0.10), (0.42, 0.02), (0.62, -0.12), (0.82, 0.17)),
        lean=1.6 * np.sin(w + 2.2), neutral=neutral, jaw=jaw, blink_a=b, blink_b=b,
        brow=keys(ph, (0, 0), (0.36, 0), (0.42, 0.7), (0.50, 0), (0.64, 0), (0.71, 1.0), (0.78, 0)),
        gaze=np.array([-0.045 * yaw, -0.03 * pitch]),
        light=np.sin(w + 1.0), expo=1.0 + 0.035 * np.sin(w + 2.4) + 0.012 * np.sin(3 * w))


# --------------------------------------------------------------------- AVI

def write_avi(path, jpegs, w, h, fps):
    biggest = max(map(len, jpegs))
    total = sum(len(j) + (len(j) & 1) + 8 for j in jpegs)

    def chunk(tag, data):
        return tag + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)

    def lst(tag, data):
        return chunk(b"LIST", tag + data)

    n = len(jpegs)
    avih = struct.pack("<14I", round(1e6 / fps), biggest * fps, 0, 0x10, n, 0, 1, biggest, w, h, 0, 0, 0, 0)
    strh = b"vidsMJPG" + struct.pack("<IHHIIIIIIiI4h", 0, 0, 0, 0, 1, fps, 0, n, biggest, -1, 0, 0, 0, w, h)
    strf = struct.pack("<IiiHH4sIiiII", 40, w, h, 1, 24, b"MJPG", w * h * 3, 0, 0, 0, 0)
    head = lst(b"hdrl", chunk(b"avih", avih) + lst(b"strl", chunk(b"strh", strh) + chunk(b"strf", strf)))
    movi, index, at = [], [], 4
    for j in jpegs:
        c = chunk(b"00dc", j)
        index.append(b"00dc" + struct.pack("<III", 0x10, at, len(j)))
        movi.append(c)
        at += len(c)
    assert at == total + 4
    data = b"AVI " + head + lst(b"movi", b"".join(movi)) + chunk(b"idx1", b"".join(index))
    path.write_bytes(b"RIFF" + struct.pack("<I", len(data)) + data)


FACE = None


def make(i):
    """One finished frame."""
    global FACE
    cv2.setNumThreads(1)
    cv2.ocl.setUseOpenCL(False)
    FACE = FACE or Face()
    img, pts, det_e, det_m = FACE.frame(state(i / FRAMES))
    rng = np.random.Generator(np.random.PCG64(1000 + i))
    noise = cv2.GaussianBlur(rng.standard_normal((H, W), np.float32), (0, 0), 0.7) * 2.4
    img = img + (noise * (1.0 + 0.5 * (1 - img.mean(-1) / 255)))[..., None]
    return np.clip(np.round(img), 0, 255).astype(np.uint8), pts, float(det_e), float(det_m)


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    ap.add_argument("--only", help="frame numbers, to look at as PNG in --out (nothing else is written)")
    ap.add_argument("--jobs", type=int, default=1, help="processes; the result is the same")
    o = ap.parse_args()
    todo = [int(x) for x in o.only.split(",")] if o.only else list(range(FRAMES))
    if o.jobs > 1:
        with Pool(o.jobs) as pool:
            made = pool.map(make, todo, chunksize=4)
    else:
        made = list(map(make, todo))
    for i, (img, pts, det_e, det_m) in zip(todo, made):
        if o.only:
            print(i, "yaw", round(state(i / FRAMES)["yaw"], 1), "det", round(det_e, 3), round(det_m, 3))
            Image.fromarray(img).save(o.out / f"f{i:03d}.png")
        elif det_m < 0.1:
            raise SystemExit(f"frame {i}: the field nearly folds ({det_m:.3f})")
    if o.only:
        return
    jpegs, truth = [], []
    for img, pts, _, _ in made:
        b = io.BytesIO()
        Image.fromarray(img).save(b, "JPEG", quality=QUALITY, subsampling="4:2:0", optimize=True)
        jpegs.append(b.getvalue())
        truth.append([[round(float(x), 1), round(float(y), 1)] for x, y in pts])
    write_avi(o.out / "portrait.avi", jpegs, W, H, FPS)
    every = 3
    doc = {"fps": FPS, "w": W, "h": H, "frames": list(range(0, FRAMES, every)), "gt468": truth[::every]}
    (o.out / "portrait.truth.json").write_text(json.dumps(doc, separators=(",", ":")) + "\n")
    print((o.out / "portrait.avi").stat().st_size, (o.out / "portrait.truth.json").stat().st_size)


if __name__ == "__main__":
    main()
