// Wrong: a new height releases only one waiting place.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    vector<int> h(n), open;
    for (int &x : h) cin >> x;
    long long sum = 0;
    for (int i = 0; i < n; i++) {
        if (!open.empty() && h[open.back()] < h[i]) sum += i - open.back(), open.pop_back();
        open.push_back(i);
    }
    cout << sum << "\n";
}
