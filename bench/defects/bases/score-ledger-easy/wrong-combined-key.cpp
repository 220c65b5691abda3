// Wrong: one key of score and time, in which long times cost a point.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    cin >> n >> k;
    vector<pair<long long, string>> entries(n);
    for (auto &[key, name] : entries) {
        long long score, time;
        cin >> name >> score >> time;
        key = time - score * 1000;
    }
    stable_sort(entries.begin(), entries.end(), [](auto &a, auto &b) { return a.first < b.first; });
    for (int i = 0; i < k; i++) cout << entries[i].second << "\n";
}
